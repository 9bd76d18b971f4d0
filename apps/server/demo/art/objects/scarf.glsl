// Three folded wool scarves in a pile, fringe to the right.
void folded(vec3 p, float lean) {
  if (away(box(p - vec3(.15, .05, 0), vec3(1.22, .35, .66), .05), SCARF)) return;
  p.xz *= turn(lean);
  vec3 q = p;
  q.y -= .03 * sin(q.x * 2.4 + lean * 20.) * .6;
  float fuzz = .012 * noise(q * 9.);
  float wave = .012 * sin(q.z * 5. + q.x * 2. + lean * 40.);
  float low = box(q - vec3(0, .09 + wave, 0), vec3(.88, .085, .56), .08);
  float top = box(q - vec3(-.03, .25 + wave, .0), vec3(.86, .085, .55), .08);
  // the fold: both layers meet at the left end
  float d = min(low, top);
  d = smin(d, box(q - vec3(-.74, .17, 0), vec3(.16, .168, .55), .13), .02);
  put((d - fuzz) * .9, SCARF, q);
  float zc = clamp(floor(q.z / .062 + .5), -8., 8.), h = hash(zc + lean * 9.);
  vec3 f = q - vec3(0, 0, zc * .062);
  f.z += (f.x - .85) * (h - .5) * .4;
  vec3 knot = vec3(.95, .13, 0), end = vec3(1.12 + .07 * h, .02 - .12 * step(.1, lean * lean * 100.), 0);
  put(min(taper(f, vec3(.83, .2, 0), knot, vec2(.02, .024)), taper(f, knot, end, vec2(.02, .026))) * .7, SCARF + 1, q);
  put(ball(f - knot, .033) * .8, SCARF + 1, q);
}
void scarfPile(vec3 p) {
  for (int i = ZERO; i < 3; i++) {
    float k = float(i), below = nearest;
    folded(p - vec3(.02 * k, .345 * k, 0), .06 * k * (2.2 - 1.35 * k));
    if (nearest < below) nearestId += 2 * i;
  }
}
void scarfSurface(int id, vec3 p, inout Surface s) {
  int dye = id / 2;
  vec3 c = dye == 0 ? hex(0xa33b28) : dye == 1 ? hex(0xb9b5ac) : hex(0xbf8f5a);
  // herringbone
  float zig = abs(fract(p.x * 4.5) - .5) * 2., line = sin(p.z * 95. + zig * 9.);
  float fuzz = .7 * noise(p * 60.) + .6 * noise(p * 130.);
  s.albedo = c * (.72 + .12 * line + .32 * fuzz);
  if ((id & 1) == 0) s.bump = vec3(.0, 0, .16 * cos(p.z * 95. + zig * 9.)) + .25 * (vec3(noise(p * 70.), noise(p * 70. + 3.), noise(p * 70. + 6.)) - .5);
  else s.albedo = c * (.75 + .35 * noise(p * vec3(30., 30., 130.)));
}
