"use strict";
// How much is shown: from afar the foremost entities, the nearer the more, as on a map. Who has appeared stays.

const kgLevels = (() => {
  const STEP = 1.25; // from one level to the next the picture grows by so much
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
        for (const id of level.keys()) kgLabels.take(taken, box(graph.entities[id], places.get(id), scale));
        let left = 0;
        for (const [turn, id] of waiting.entries()) {
          if (done === 0 && turn + first >= most) {
            waiting[left++] = id;
            continue;
          }
          const mine = box(graph.entities[id], places.get(id), scale);
          if (kgLabels.free(taken, mine)) {
            kgLabels.take(taken, mine);
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

  return { of };
})();
