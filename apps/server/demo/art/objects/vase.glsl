// A speckled stoneware vase and a branch of winter berries.
float vaseOuter(vec3 p) {
  float d = egg(p - vec3(0, .55, 0), vec3(.56, .58, .56));
  d = smax(d, -p.y + .03, .08);
  d = smin(d, can(p - vec3(0, 1.2, 0), .15, .2, .03), .32);
  return smin(d, ring(p - vec3(0, 1.4, 0), .16, .03), .06);
}
void twig(vec3 p, vec3 a, vec3 b, float salt) {
  put(taper(p, a, b, vec2(.02, .01)), VASE + 1, p);
  vec3 dir = normalize(b - a), side = normalize(cross(dir, vec3(.3, .2, 1)));
  for (int i = ZERO; i < 4; i++) {
    float k = float(i), t = .3 + .22 * k;
    vec3 o = side * (mod(k, 2.) - .5) * 2. + vec3(0, .2, .7 * (hash(k + salt) - .5));
    vec3 at = mix(a, b, t), end = at + normalize(o) * .12;
    put(rod(p, at, end, .006), VASE + 1, p);
    put(ball(p - end, .058 + .012 * hash(k * 3. + salt)), VASE + 2, p - end);
  }
  put(ball(p - b, .055), VASE + 2, p - b);
}
void vase(vec3 p) {
  float bound = min(box(p - vec3(0, .75, 0), vec3(.6, .76, .6), .1), box(p - vec3(.05, 2.1, 0), vec3(.95, .95, .45), .1));
  if (away(bound, VASE)) return;
  float d = vaseOuter(p);
  d = max(d, -can(p - vec3(0, 1.3, 0), .115, .5, .03));
  put(d * .9, VASE, p);
  if (p.y < .9) return;
  vec3 m = vec3(.02, 1.1, 0), a = vec3(.1, 1.72, .02), b = vec3(.38, 2.25, .08), c = vec3(-.22, 2.3, -.05);
  put(taper(p, m, a, vec2(.03, .028)), VASE + 1, p);
  put(taper(p, a, b, vec2(.028, .02)), VASE + 1, p);
  put(taper(p, a, c, vec2(.024, .018)), VASE + 1, p);
  vec3 tips[4] = vec3[4](vec3(.8, 2.55, .1), vec3(.36, 2.85, .02), vec3(-.62, 2.62, .1), vec3(-.12, 2.78, -.08));
  for (int i = ZERO; i < 4; i++) twig(p, i < 2 ? b : c, tips[i], float(i) * 4. + 1.);
}
void vaseSurface(int id, vec3 p, inout Surface s) {
  if (id == 1) { s.albedo = hex(0x5d4534) * (.7 + .5 * noise(p * 30.)); return; }
  if (id == 2) {
    s.albedo = mix(hex(0xb4261b), hex(0xe0552b), smoothstep(-.05, .05, p.y)); s.gloss = 1.; s.rough = .15;
    if (length(p.xz) < .014 && p.y > 0.) s.albedo = hex(0x3a2418);
    return;
  }
  float spot = smoothstep(.80, .86, noise(p * 34.)) * .8 + smoothstep(.86, .9, noise(p * 17. + 4.));
  s.albedo = mix(mix(hex(0xeee6d8), hex(0xe2d6c2), noise(p * 3.)), hex(0x8a6a4c), clamp(spot, 0., 1.) * .7);
  if (p.y < .1 + .01 * noise(p * 8.)) s.albedo = hex(0xb98f6b) * (.9 + .2 * noise(p * 40.));
  s.gloss = .6; s.rough = .5;
}
