// A slim-spout kettle: enamelled body, walnut handle and knob.
void kettle(vec3 p) {
  if (away(box(p - vec3(.1, .62, 0), vec3(1.45, .7, .62), .1), KETTLE)) return;
  float r = mix(.62, .40, clamp(p.y, 0., 1.));
  float body = box2(vec2(length(p.xz) - r + .5, p.y - .4), vec2(.5, .4), .07) * .95;
  body = smin(body, can(p - vec3(0, .83, 0), .37, .03, .02), .05);
  // spout: leaves low, swings out and up, ends in a beak
  if (p.x > .25) {
    vec2 a = curve(p.xy, vec2(.5, .2), vec2(.98, .12), vec2(.94, .52));
    vec2 b = curve(p.xy, vec2(.94, .52), vec2(.93, .98), vec2(1.27, .99));
    float fat = a.x < b.x ? mix(.1, .058, a.y) : mix(.058, .034, b.y);
    float spout = length(vec2(min(a.x, b.x), p.z)) - fat;
    spout = max(spout, .022 - length(vec2(b.x, p.z)) - step(b.y, .9));
    body = smin(body, spout * .9, .07);
  } else put(.4 - p.x, KETTLE, p);
  put(body, KETTLE, p);
  float lid = can(p - vec3(0, .88, 0), .34, .025, .02);
  lid = smin(lid, egg(p - vec3(0, .9, 0), vec3(.3, .06, .3)), .03);
  put(lid, KETTLE + 1, p);
  float knob = egg(p - vec3(0, 1.03, 0), vec3(.085, .07, .085));
  put(knob, KETTLE + 2, p);
  put(can(p - vec3(0, .965, 0), .035, .03, .005), KETTLE + 3, p);
  // handle: a bent grip on a steel stay
  if (p.x > -.2) { put(p.x + .34, KETTLE, p); return; }
  vec2 g = curve(p.xy, vec2(-.36, .74), vec2(-1.02, 1.02), vec2(-.98, .38));
  vec2 h = curve(p.xy, vec2(-.98, .42), vec2(-.96, .16), vec2(-.86, .1));
  float grip = box2(vec2(min(g.x + .5 * step(g.y, .27), h.x), p.z), vec2(.035, .06), .03);
  put(grip * .9, KETTLE + 2, p.yxz);
  put(length(vec2(g.x + step(.34, g.y), p.z)) - .026, KETTLE + 3, p);
}
void kettleSurface(int id, vec3 p, inout Surface s) {
  if (id == 2) { s.albedo = wood(p.zyx * vec3(1, 1, 1) + 2., hex(0x9a6a42), hex(0x5c3a22)); s.gloss = .7; s.rough = .4; return; }
  if (id == 3) { s.albedo = hex(0xd8d2c8); s.metal = 1.; s.gloss = 1.; s.rough = .3; return; }
  s.albedo = KETTLE_COLOUR; s.gloss = 1.; s.rough = .3;
}
