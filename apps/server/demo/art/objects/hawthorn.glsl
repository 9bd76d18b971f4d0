// Candied hawthorn on skewers, on a long white plate.
void plate(vec3 p) {
  if (away(box(p - vec3(0, .06, 0), vec3(1.25, .08, .62), .02), HAWTHORN)) return;
  float e = box2(p.xz, vec2(1.2, .56), .36), y = .035 + .1 * smoothstep(-.26, .02, e);
  put(smax((abs(p.y - y) - .022) * .85, e, .03), HAWTHORN, p);
}
void skewer(vec3 p, float salt) {
  if (away(rod(p, vec3(-.75, 0, 0), vec3(1.35, 0, 0), .19), HAWTHORN)) return;
  put(rod(p, vec3(-.82, 0, 0), vec3(1.38, 0, 0), .02), HAWTHORN + 1, p);
  float d = 1.;
  float at = clamp(floor(p.x / .29 + .5), -2., 2.);
  for (int k = ZERO - 1; k < 2; k++) {
    float i = clamp(at + float(k), -2., 2.), h = hash(i + salt);
    vec3 q = p - vec3(i * .29, .012 * (h - .5), .012 * (fract(h * 9.) - .5));
    q.yz *= turn(6.28 * h);
    q.xy *= turn(.5 * (h - .5));
    float b = egg(q, vec3(.147, .16, .16));
    b = smax(b, .05 - length(q - vec3(0, .175, 0)), .03);
    d = smin(d, b, .035);
  }
  // sugar pulled into a thin tail at the tip
  d = smin(d, egg(p - vec3(-.73, 0, 0), vec3(.06, .03, .03)), .03);
  put(d * .9, HAWTHORN + 2, p);
}
void skewers(vec3 p) {
  for (int i = ZERO; i < 3; i++) {
    float k = float(i);
    vec3 q = p - vec3(-.1 + .04 * k, i == 2 ? .46 : .2, i == 2 ? -.02 : -.2 + .36 * k);
    q.xz *= turn(i == 2 ? .16 : .04 - .09 * k);
    skewer(q, k * 6. + 1.);
  }
}
void hawthornSurface(int id, vec3 p, inout Surface s) {
  if (id == 0) { s.albedo = hex(0xf1ede4); s.gloss = 1.; s.rough = .18; return; }
  if (id == 1) { s.albedo = hex(0xd8b98a); return; }
  s.albedo = mix(hex(0x9c1116), hex(0xcf2a20), noise(p * 7.));
  float dot_ = smoothstep(.76, .82, noise(p * 42.));
  s.albedo = mix(s.albedo, hex(0xe88a5a), dot_ * .6);
  float seed_ = smoothstep(.84, .88, noise(p * 24. + 11.));
  s.albedo = mix(s.albedo, hex(0xf6ead2), seed_);
  s.gloss = 1.5; s.rough = .04;
  s.bump = .06 * (vec3(noise(p * 16.), noise(p * 16. + 5.), noise(p * 16. + 9.)) - .5);
}
