// A jar of honey with blossoms in it, a wooden lid, a paper label and a dipper.
float jar(vec3 p) {
  float d = can(p - vec3(0, .5, 0), .5, .48, .12);
  return smin(d, can(p - vec3(0, 1., 0), .4, .1, .03), .08);
}
float blossom(vec3 p, float r) {
  p.xz = abs(p.xz);
  if (p.z > p.x) p.xz = p.zx;
  return egg(p - vec3(r * .75, r * .2, 0), vec3(r * .72, r * .3, r * .5));
}
void honey(vec3 p) {
  if (away(can(p - vec3(0, .68, 0), .58, .7, .05), HONEY)) return;
  float glass = jar(p - vec3(0, .015, 0));
  putClear(glass, HONEY, p);
  put(can(p - vec3(0, 1.2, 0), .45, .12, .04), HONEY + 1, p);
  put(max(max(abs(glass - .004) - .003, abs(p.y - .46) - .27), abs(atan(p.x, p.z)) * .5 - .42), HONEY + 2, p);
  if (inside) {
    vec3 id = floor(p / .2), q = mod(p, .2) - .1 - .05 * (vec3(hash(id), hash(id + 4.), hash(id + 8.)) - .5);
    q.xy *= turn(hash(id + 1.) * 6.28); q.yz *= turn(hash(id + 2.) * 6.28);
    if (hash(id + 3.) > .35 && p.y > .3) put(max(blossom(q, .045), glass + .06), HONEY + 3, q);
  }
}
void fallenBlossom(vec3 p) {
  if (p.y > .2) return;
  vec2 id = floor(p.xz / .22), q = mod(p.xz, .22) - .11 - .08 * (vec2(hash(id), hash(id + 4.)) - .5);
  vec2 at = (id + .5) * .22;
  float near = length((at - vec2(.75, .55)) * vec2(.8, 1.2));
  if (hash(id + 2.) < .55 || near > .75) { put(max(abs(q.x), abs(q.y)) > .0 ? .13 : .1, HONEY, p); return; }
  vec3 o = vec3(q.x, p.y - .012, q.y);
  o.xz *= turn(hash(id + 6.) * 3.);
  o.xy *= turn(.5 * (hash(id + 7.) - .5));
  put(blossom(o, .055) * .8, HONEY + 3, o);
}
void dipper(vec3 p) {
  if (away(box(p - vec3(.55, 0, 0), vec3(.8, .2, .2), .05), HONEY)) return;
  float r = .15 * sqrt(max(1. - pow(p.x / .2, 2.), 0.)) + .02;
  float head = length(p.yz) - r * (.86 + .14 * smoothstep(-.4, .4, sin(p.x * 95.)));
  put(max(head, abs(p.x) - .19) * .6, HONEY + 4, p);
  put(rod(p, vec3(.1, 0, 0), vec3(1.2, 0, 0), .032), HONEY + 4, p);
}
void honeySurface(int id, vec3 p, inout Surface s) {
  if (id == 0) { s.clear = 1.; s.tint = vec3(.98, .80, .28); s.gloss = 1.; return; }
  if (id == 1) { s.albedo = wood(p.xzy, hex(0xcfa877), hex(0xa0764a)); s.gloss = .4; s.rough = .5; return; }
  if (id == 4) { s.albedo = wood(p, hex(0xd2ab79), hex(0xa87d50)); s.gloss = .4; s.rough = .5; return; }
  if (id == 3) { s.albedo = mix(hex(0xf2a62a), hex(0xf7c95a), smoothstep(0., .05, length(p.xz))); return; }
  vec2 uv = vec2(atan(p.x, p.z) / 1.68 + .5, (p.y - .19) / .54);
  s.albedo = pow(textureLod(uLabels, vec2(.5 + uv.x * .5, .5 + uv.y * .5), 1.).rgb, vec3(2.2)) * (.96 + .08 * noise(p * 60.));
  s.gloss = .2; s.rough = .6;
}
