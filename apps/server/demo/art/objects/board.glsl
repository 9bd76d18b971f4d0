// A walnut board leaning on the wall, and two persimmons.
void board(vec3 p) {
  if (away(box(p - vec3(0, 1.02, 0), vec3(.6, 1.05, .08), .05), BOARD)) return;
  float d = box2(p.xy - vec2(0, .72), vec2(.56, .72), .13);
  d = smin(d, box2(p.xy - vec2(0, 1.66), vec2(.15, .38), .14), .22);
  d = max(d, .065 - length(p.xy - vec2(0, 1.86)));
  vec2 w = vec2(d + .03, abs(p.z) - .055 + .03);
  put(length(max(w, 0.)) + min(max(w.x, w.y), 0.) - .03, BOARD, p);
}
void persimmon(vec3 p) {
  if (away(ball(p - vec3(0, .28, 0), .4), BOARD)) return;
  float a = atan(p.z, p.x), r = length(p.xz);
  vec3 q = p - vec3(0, .27, 0);
  float d = egg(q, vec3(.36, .28, .36)) + .014 * cos(4. * a) * smoothstep(0., .3, r);
  d = smax(d, .1 - length(q - vec3(0, .36, 0)), .12);
  put(d * .85, BOARD + 1, p);
  float i;
  vec3 c = p - vec3(0, .53, 0);
  c.xz = sector(turn(.4) * c.xz, 4., i);
  put(leaf(c, .26, .1, .014), BOARD + 2, c);
  put(rod(p, vec3(0, .5, 0), vec3(.03, .62, 0), .022), BOARD + 3, p);
}
void boardSurface(int id, vec3 p, inout Surface s) {
  s.gloss = .6; s.rough = .4;
  if (id == 1) {
    s.albedo = mix(hex(0xe2621b), hex(0xf0902f), smoothstep(.1, .5, p.y) * .6 + .4 * noise(p * 5.));
    s.gloss = .8; s.rough = .25; return;
  }
  if (id == 2) { s.albedo = mix(hex(0x6d7a3c), hex(0x9a8a4a), noise(p * 20.)); s.gloss = .2; return; }
  if (id == 3) { s.albedo = hex(0x5a4328); return; }
  s.albedo = wood(p.yxz * vec3(.8, 1.15, 1.), hex(0x8a5c3c), hex(0x472a1a)) * (.85 + .35 * noise(p.yxz * vec3(.5, 3., 1.) + 8.));
  s.rough = .45;
}
