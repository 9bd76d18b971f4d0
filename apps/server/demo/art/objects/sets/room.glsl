// The tea room by night: a round window to the moon, a paper lantern, shelves, and a table.
const vec3 LANTERN = vec3(1.12, 3.1, -.9);
void roomWall(vec3 p) {
  put(p.z + 2.2, ROOM, p);
  put(ring((p - vec3(-.42, 2.5, -2.18)).xzy, 1.16, .07), ROOM + 1, p.yxz);
  vec3 q = p - vec3(-.42, 2.5, -2.16);
  if (length(q.xy) < 1.16) {
    float bars = min(abs(abs(q.x) - .34), abs(abs(q.y) - .42)) - .022;
    put(max(bars, abs(q.z) - .03), ROOM + 1, p);
  }
  put(box(p - vec3(1.35, 1.55, -2.), vec3(.62, .035, .3), .01), ROOM + 1, p);
  put(box(p - vec3(1.35, .75, -2.), vec3(.62, .035, .3), .01), ROOM + 1, p);
}
void lantern(vec3 p) {
  vec3 q = p - LANTERN;
  put(egg(q, vec3(.36, .32, .36)) - .008 * sin(q.y * 70.), ROOM + 2, q);
  put(can(q - vec3(0, .32, 0), .13, .03, .01), ROOM + 1, p);
  put(can(q + vec3(0, .32, 0), .13, .03, .01), ROOM + 1, p);
  put(rod(q, vec3(0, .3, 0), vec3(0, 3., 0), .008), ROOM + 1, p);
  put(rod(q, vec3(0, -.33, 0), vec3(0, -.62, 0), .02), ROOM + 4, p);
}
void roomTable(vec3 p) {
  put(box(p - vec3(0, -.1, .7), vec3(2.6, .1, 1.05), .04), ROOM + 3, p);
  put(box(p - vec3(0, -1.3, .4), vec3(2.4, 1.15, .6), .04), ROOM + 3, p.yxz);
}
void roomSurface(int id, vec3 p, inout Surface s) {
  if (id == 1) { s.albedo = wood(p, hex(0x6e4a31), hex(0x3d2718)); s.gloss = .4; s.rough = .5; return; }
  if (id == 2) {
    float rib = .75 + .25 * sin(p.y * 70.);
    s.albedo = hex(0xf2d9b0); s.glow = vec3(2.3, 1.25, .5) * rib * (1.15 - .8 * abs(p.y)); return;
  }
  if (id == 3) { s.albedo = wood(p * vec3(.6, 1., 1.), hex(0x8a5a3a), hex(0x50311f)); s.gloss = .7; s.rough = .35; return; }
  if (id == 4) { s.albedo = hex(0xb0442e); return; }
  vec2 q = p.xy - vec2(-.42, 2.5);
  if (length(q) > 1.17) { s.albedo = hex(0x54706c) * (.9 + .12 * fbm(p * 2.5) + .06 * noise(p * 60.)); return; }
  // night sky, moon, two rows of hills and bamboo
  vec3 sky_ = mix(vec3(.16, .27, .44), vec3(.05, .10, .22), smoothstep(-.8, 1., q.y));
  float moon = length(q - vec2(-.52, .52));
  sky_ += vec3(.9, .85, .7) * smoothstep(.25, .235, moon) + vec3(.20, .22, .22) * exp(-3. * max(moon - .22, 0.));
  float far = -.42 + .16 * sin(q.x * 2.1 + .6) + .06 * sin(q.x * 5.), close = -.72 + .12 * sin(q.x * 3. + 2.);
  sky_ = mix(sky_, vec3(.06, .12, .20), smoothstep(.02, -.02, q.y - far));
  sky_ = mix(sky_, vec3(.025, .06, .09), smoothstep(.02, -.02, q.y - close));
  s.albedo = vec3(0);
  s.glow = sky_ * 1.1;
}
