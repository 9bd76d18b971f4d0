// A kitchen corner: glazed tiles, a plank table and a shelf.
void kitchenCorner(vec3 p) {
  vec2 t = mod(p.xy - vec2(.0, .1), .62) - .31;
  float groove = smoothstep(.30, .285, max(abs(t.x), abs(t.y)));
  put(p.z + 1.55 - .014 * groove, KITCHEN, p);
  float plank = abs(mod(p.z - .1, .74) - .37) - .362;
  put(max(box(p - vec3(0, -.12, .9), vec3(4., .12, 2.6), .03), -max(-.02 - p.y, -plank)) , KITCHEN + 1, p);
  put(box(p - vec3(1.2, 2.72, -1.3), vec3(1.25, .05, .32), .02), KITCHEN + 1, p);
  put(rod(p, vec3(-1.2, 3.55, -1.55), vec3(-1.2, 3.58, -1.3), .04), KITCHEN + 1, p.zyx);
}
void kitchenSurface(int id, vec3 p, inout Surface s) {
  if (id == 1) {
    float k = floor((p.z - .1) / .74);
    s.albedo = wood(p * vec3(.8, 1., 1.) + k * 3., hex(0xc79a66), hex(0x94683f)); s.gloss = .45; s.rough = .45; return;
  }
  vec2 cell = floor((p.xy - vec2(.0, .1)) / .62), t = mod(p.xy - vec2(.0, .1), .62) - .31;
  bool joint = max(abs(t.x), abs(t.y)) > .292;
  s.albedo = joint ? hex(0xcfc6b4) : mix(hex(0xe6e2d3), hex(0xcfdccf), hash(cell)) * (.97 + .04 * noise(p * 4.));
  s.gloss = joint ? 0. : .8; s.rough = .25;
  s.bump = .02 * vec3(hash(cell + 3.) - .5, hash(cell + 7.) - .5, 0.);
}
