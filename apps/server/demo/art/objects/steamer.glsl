// A bamboo steamer: two tiers, four pleated buns, the lid leaning behind.
float hoop(vec3 p, float r, float h) {
  return box2(vec2(length(p.xz) - r, p.y), vec2(.022, h), .015);
}
void tier(vec3 p) {
  put(hoop(p - vec3(0, .17, 0), .8, .17), STEAMER, p);
  put(hoop(p - vec3(0, .055, 0), .83, .05), STEAMER + 1, p);
  put(hoop(p - vec3(0, .28, 0), .83, .045), STEAMER + 1, p);
  float slat = abs(mod(p.x, .14) - .07) - .06;
  put(max(max(slat, abs(p.y - .1) - .012), length(p.xz) - .79), STEAMER, p);
}
void bun(vec3 p, float salt) {
  float r = length(p.xz), a = atan(p.z, p.x) + salt;
  float pleat = sin(a * 13. + r * 16.) * smoothstep(.24, .08, r) * smoothstep(-.02, .1, p.y);
  float d = egg(p, vec3(.285, .2, .285));
  d = smin(d, egg(p - vec3(0, .17, 0), vec3(.07, .06, .07)), .1);
  d = smax(d, .015 - length(p - vec3(0, .225, 0)), .03);
  put((d - .011 * pleat) * .8, STEAMER + 2, p);
}
void steamer(vec3 p) {
  if (p.y < 1.1 && !away(can(p - vec3(0, .4, 0), .86, .45, .02), STEAMER)) {
    for (int i = ZERO; i < 2; i++) tier(p - vec3(0, .34 * float(i), 0));
    vec3 q = p - vec3(0, .63, 0);
    for (int i = ZERO; i < 3; i++) {
      float a = 2.6 + 2.1 * float(i);
      bun(q - vec3(cos(a), 0, sin(a)) * .38, a);
    }
  }
  vec3 q = p - vec3(-.42, .82, -.92);
  q.yz *= turn(-1.27);
  q.xz *= turn(.5);
  if (away(can(q, .86, .14, .02), STEAMER)) return;
  put(hoop(q - vec3(0, -.02, 0), .82, .08), STEAMER + 1, q);
  put(max(abs(length(q + vec3(0, 2.6, 0)) - 2.72) - .015, length(q.xz) - .81), STEAMER + 3, q);
  put(max(can(q - vec3(0, .13, 0), .12, .02, .01), -1.), STEAMER + 1, q);
}
void steamerSurface(int id, vec3 p, inout Surface s) {
  vec3 pale = hex(0xd9b980), dark = hex(0xb18a52);
  float a = atan(p.z, p.x);
  s.gloss = .35; s.rough = .5;
  if (id == 2) { s.albedo = hex(0xf3ead9) * (.97 + .05 * noise(p * 30.)); s.gloss = .3; return; }
  if (id == 3) {
    vec2 u = turn(.785) * p.xz * 7.5, cell = floor(u), f = fract(u) - .5;
    bool over = mod(cell.x + cell.y, 2.) < .5;
    float across = over ? f.y : f.x, along = over ? f.x : f.y;
    float fibre = noise(vec3(over ? u.yx * vec2(14., 1.) : u * vec2(14., 1.), 2.));
    s.albedo = mix(dark, pale, .35 + .65 * fibre) * (1. - 1.4 * along * along) * smoothstep(.5, .44, abs(across));
    vec2 b = over ? vec2(-f.x, f.y * .4) : vec2(f.x * .4, -f.y);
    b = b * turn(.785);
    s.bump = vec3(-b.x, 0, -b.y) * .5;
    return;
  }
  float fibre = noise(vec3(a * 5., p.y * 110., 1.)) * .7 + .3 * noise(vec3(a * 30., p.y * 50., 4.));
  s.albedo = mix(dark, pale, fibre);
  if (id == 1) {
    s.albedo *= .93;
    float stitch = abs(mod(a, .785) - .39);
    if (stitch < .035) s.albedo = mix(hex(0x8a6538), s.albedo, .3 + .4 * step(.5, fract(p.y * 40.)));
  }
}
