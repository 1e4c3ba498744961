"use strict";
// How much is shown: from afar the foremost entities, the nearer the more, as on a map. Who has appeared stays.

const kgLevels = (() => {
  const STEP = 1.25; // from one level to the next the picture grows by so much
  const CELL = 120; // px of the grid that finds overlaps
  const LEVELS = 40;

  /** For `ids`, foremost first, at places (id -> {x, y}); the `first` of them are there at the
   *  scale `start`, and of those before `most` who have room. */
  function of(graph, ids, places, { first, most, start }) {
    const level = new Map(ids.slice(0, first).map((id) => [id, 0]));
    const waiting = ids.slice(first);
    let done = -1;

    function fill(upto) {
      while (done < upto) {
        done += 1;
        const scale = start * STEP ** done;
        const taken = new Map();
        for (const id of level.keys()) take(taken, box(graph.entities[id], places.get(id), scale));
        let left = 0;
        for (const [turn, id] of waiting.entries()) {
          if (done === 0 && turn + first >= most) {
            waiting[left++] = id;
            continue;
          }
          const mine = box(graph.entities[id], places.get(id), scale);
          if (free(taken, mine)) {
            take(taken, mine);
            level.set(id, done);
          } else waiting[left++] = id;
        }
        waiting.length = left;
        if (!left) done = LEVELS;
      }
    }

    /** The entities that are there at a scale, foremost first among those of a level. */
    return (scale) => {
      const wanted = Math.max(0, Math.min(LEVELS, Math.floor(Math.log(scale / start) / Math.log(STEP) + 1e-6)));
      fill(wanted);
      return [...level].filter(([, at]) => at <= wanted).map(([id]) => id);
    };
  }

  function box(entity, { x, y }, scale) {
    entity.box ??= kgPlace.box(entity);
    const [wide, high] = entity.box;
    return [x * scale - wide / 2, y * scale - high / 2, x * scale + wide / 2, y * scale + high / 2];
  }

  function* cells([left, top, right, bottom]) {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) yield x * 1048576 + y;
    }
  }

  function take(taken, mine) {
    for (const cell of cells(mine)) {
      if (!taken.has(cell)) taken.set(cell, []);
      taken.get(cell).push(mine);
    }
  }

  function free(taken, mine) {
    for (const cell of cells(mine)) {
      for (const other of taken.get(cell) ?? []) {
        if (mine[0] < other[2] && other[0] < mine[2] && mine[1] < other[3] && other[1] < mine[3]) return false;
      }
    }
    return true;
  }

  return { of };
})();
