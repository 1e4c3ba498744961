"""Strings that would do something in a page if any of them were more than text; each would call `__hit`."""

from __future__ import annotations

from typing import Final

HOSTILE: Final = (
    # elements
    "<script>__hit('script')</script>",
    "</script><script>__hit('closed')</script>",
    "</ScRiPt ><sCrIpT >__hit('case')</sCrIpT>",
    "<scr<script>ipt>__hit('nested')</scr</script>ipt>",
    "<script src=https://evil.example/x.js></script>",
    "<img src=x onerror=__hit('img')>",
    "<img/src='x'/onerror=__hit`img`>",
    "<iframe srcdoc=\"<script>parent.__hit('frame')</script>\"></iframe>",
    "<iframe src=javascript:parent.__hit('frame')>",
    "<object data=javascript:__hit('object')></object><embed src=javascript:__hit('embed')>",
    "<link rel=stylesheet href=https://evil.example/x.css><base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:__hit(1)'>",
    "<form action=javascript:__hit('form')><input autofocus onfocus=__hit('focus')><button>x",
    "<video><source onerror=__hit('video')></video><audio src=x onerror=__hit('audio')>",
    "<details open ontoggle=__hit('toggle')>x</details>",
    "<marquee onstart=__hit('marquee')>x</marquee><body onload=__hit('load')>",
    "<template><script>__hit('template')</script></template><noscript><img src=x onerror=__hit(1)>",
    "<plaintext><xmp><listing>",
    "</title></style></textarea></noscript></template></select></table><img src=x onerror=__hit('closers')>",
    # SVG and MathML
    "<svg onload=__hit('svg')>",
    "<svg><script>__hit('svg script')</script></svg>",
    "<svg><animate onbegin=__hit('animate') attributeName=x dur=1s>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=__hit(1)>#x'/></svg>",
    "<svg><foreignObject><iframe src=javascript:__hit(1)></foreignObject></svg>",
    "</text></svg><image href='https://evil.example/x.png'/>",
    "<math><mtext><table><mglyph><style><img src=x onerror=__hit('math')>",
    "<math href=javascript:__hit('math')>x</math>",
    # attributes and handlers
    '" onmouseover="__hit(1)" x="',
    "' onfocus='__hit(1)' autofocus x='",
    "` onclick=`__hit(1)` ",
    'x" style="background:url(https://evil.example/x)" y="',
    '"><img src=x onerror=__hit("attribute")><x y="',
    "onerror=__hit(1) onload=__hit(1)",
    # addresses
    "javascript:__hit('scheme')",
    "JaVaScRiPt\t:\n__hit(1)//",
    "data:text/html,<script>__hit('data')</script>",
    "vbscript:__hit(1)",
    "blob:https://evil.example/x",
    "//evil.example/x",
    "https://evil.example/?<script>__hit(1)</script>",
    "file:///etc/passwd#entity=<img src=x onerror=__hit(1)>",
    # styles
    "</style><style>@import 'https://evil.example/x.css';*{background:url(https://evil.example/x)}",
    "expression(__hit(1)); } * { background: url(//evil.example/x) } /*",
    # templates and code
    "{{7*7}} {{ __hit(1) }} {% for x in ().__class__.__mro__ %}{{x}}{% endfor %} {# x #}",
    "${__hit(1)} #{__hit(1)} <%= __hit(1) %> <?php __hit(1) ?>",
    "{{constructor.constructor('__hit(1)')()}}",
    "'-__hit(1)-' \"+__hit(1)+\" `${__hit(1)}`",
    "\\'; __hit(1); // \\\"; __hit(1); //",
    "';__hit(1)//*/__hit(1)/*",
    # JSON and other data
    '"}],"x":[{"y":"</script><script>__hit(1)</script>',
    '{"__proto__": {"hit": 1}, "constructor": {"prototype": {"hit": 1}}}',
    "__proto__",
    "constructor",
    "=cmd|' /C calc'!A0",
    "a> <b> <c> . # } INSERT DATA { <a> <b> <c> }",
    # comments, sections, entities
    "<!-- --!> <script>__hit('comment')</script> -->",
    "<!--<script>",
    "<![CDATA[<script>__hit('cdata')</script>]]>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "&lt;script&gt;__hit(1)&lt;/script&gt; &#60;script&#62; &#x3c; &amp;lt; &nbsp &quot;",
    "\\u003cscript\\u003e__hit(1)\\x3c/script\\x3e %3Cscript%3E__hit(1)%3C/script%3E",
    # letters
    "\u2028__hit(1)\u2029__hit(1)\u0085__hit(1)\u2028",
    "\u202e)1(tih__\u202c \u2066<b>\u2069 \u200f\u061c\u200b\ufeff",
    "\ud800<script>\udc00 \udfff\ud83d",
    "\x00\x01\x08\x0b\x0c\x1b[31m\x7f\x9b<b>\x00",
    "line\r\nof\ttext\n\n<b>and</b>\rmore",
    "\uff1cscript\uff1e__hit(1)\uff1c/script\uff1e \u02bc\u2019 onclick\uff1d__hit(1)",
    "Z\u0351\u036b\u0343\u036a\u0302" * 12 + "<b>" + "\u0301" * 40,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467<b>\U000e0001\U000f0000\ufffe\uffff",
    "<b>" + "x" * 5000 + "</b>",
    "<i>" * 700,
)
