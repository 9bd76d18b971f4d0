// A celadon cup carved with lotus petals, filled with tea, and its wooden saucer.
float cupRadius(float y) { return .2 + .26 * sqrt(clamp(y / .62, 0., 1.)) + .04 * y; }
float petal(float a, float y, float n, float top) {
  float w = PI / n, x = mod(a, 2. * w) / w - 1.;
  float edge = top * sqrt(max(1. - x * x, 0.)) * (.55 + .45 * (1. - abs(x)));
  return y - edge;
}
float cupCarve(vec3 p) {
  float a = atan(p.z, p.x), lo = petal(a, p.y - .08, 9., .36), hi = petal(a + PI / 9., p.y - .08, 9., .47);
  float front = smoothstep(.012, -.012, lo), back = smoothstep(.012, -.012, hi) * (1. - front);
  return front * .014 * smoothstep(-.3, 0., lo) + .006 * front + back * .014 * smoothstep(-.3, 0., hi);
}
void cup(vec3 p) {
  if (away(can(p - vec3(0, .38, 0), .7, .4, .05), CUP)) return;
  vec3 q = p - vec3(0, .1, 0);
  float r = length(q.xz), shell = (r - cupRadius(q.y)) * .75;
  float wall = abs(shell + .014) - .017;
  float outer = shell - (q.y < .6 ? cupCarve(q) * .8 : 0.);
  wall = smax(max(outer, -(shell + .032)), q.y - .62, .03);
  wall = smax(wall, -q.y + .04, .03);
  float floor_ = max(max(shell, q.y - .09), .05 - q.y);
  float foot = abs(r - .19) - .03;
  foot = smax(foot, abs(q.y - .04) - .045, .02);
  put(smin(min(wall, floor_), foot, .03) * .8, CUP, q);
  put(max(shell + .03, abs(q.y - .47) - .01), CUP + 1, q);
  vec3 t = p - vec3(0, .035, 0);
  float dish = can(t, .66, .035, .03);
  dish = smax(dish, -egg(t - vec3(0, .13, 0), vec3(.62, .12, .62)), .02);
  put(dish, CUP + 2, p);
}
void cupSurface(int id, vec3 p, inout Surface s) {
  if (id == 2) { s.albedo = wood(p.xzy, hex(0xa87a50), hex(0x6b4429)); s.gloss = .5; s.rough = .5; return; }
  if (id == 1) { s.albedo = hex(0xc9b84e); s.gloss = 1.2; s.rough = .02; return; }
  float pool = cupCarve(p) / .02;
  s.albedo = mix(hex(0x86b09a), hex(0xc4dccb), clamp(pool * .7 + .12 * (noise(p * 9.) - .5) + smoothstep(.57, .62, p.y), 0., 1.));
  if (p.y < .012) s.albedo = hex(0xb08a68);
  s.gloss = 1.; s.rough = .1;
}
