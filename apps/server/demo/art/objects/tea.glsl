// A paper canister of tea and a little dish heaped with flat leaves.
float teaLeaves(vec3 p, float top) {
  float d = .12, cell = .12;
  for (int layer = ZERO; layer < 3; layer++) {
    float lift = float(layer) * .016;
    vec2 o = vec2(layer * 17, layer * 31) * .013;
    for (int i = ZERO; i < 4; i++) {
      vec2 id = floor((p.xz + o) / cell - .5) + vec2(i & 1, i >> 1);
      float h = hash(id + float(layer) * 3.);
      vec2 c = (id + .5 + .5 * (fract(h * vec2(17.3, 91.7)) - .5)) * cell - o;
      float r = dot(c, c);
      vec3 q = p - vec3(c.x, top * (1. - r / .17) + lift + .02 * h, c.y);
      // most leaves are farther than what is already known
      if (r > .16 || length(q) - .115 > d) continue;
      q.xz *= turn(6.28 * h);
      q.y -= .5 * (fract(h * 31.) - .5) * q.x + .8 * (fract(h * 57.) - .5) * q.z - q.x * q.x * .8;
      d = min(d, egg(q, vec3(.115, .011, .024)) * .75);
    }
  }
  return d;
}
void teaCan(vec3 p) {
  if (away(can(p - vec3(0, .72, 0), .5, .74, .05), TEA)) return;
  put(can(p - vec3(0, .52, 0), .44, .52, .025), TEA, p);
  put(can(p - vec3(0, 1.21, 0), .455, .2, .03), TEA + 1, p);
  put(can(p - vec3(0, .995, 0), .437, .03, .005), TEA + 2, p);
}
void teaDish(vec3 p) {
  if (away(can(p - vec3(0, .16, 0), .56, .18, .05), TEA)) return;
  float r = length(p.xz), y = p.y - .02 - .42 * r * r * r;
  float dish = smax(abs(y - .02) - .016, r - .5, .02);
  put(smin(dish * .75, can(p - vec3(0, .02, 0), .2, .02, .01), .03), TEA + 4, p);
  put(max(egg(p - vec3(0, .04, 0), vec3(.36, .12, .36)), -p.y), TEA + 3, p);
  if (r < .45) put(teaLeaves(p - vec3(0, .05, 0), .11), TEA + 3, p);
  else put(r - .36, TEA + 3, p);
}
void teaSurface(int id, vec3 p, inout Surface s) {
  if (id == 3) {
    s.albedo = mix(hex(0x64793a), hex(0xa8b45e), noise(p * 23.)) * (.75 + .5 * noise(p * vec3(60., 20., 60.)));
    s.gloss = .4; s.rough = .6; return;
  }
  if (id == 4) { s.albedo = hex(0xede8dc); s.gloss = 1.; s.rough = .2; return; }
  float fibre = .94 + .12 * noise(p * vec3(30., 90., 30.));
  if (id == 2) { s.albedo = hex(0xe9dfc8); return; }
  s.albedo = hex(0x6f8a6b) * fibre; s.gloss = .35; s.rough = .55;
  vec2 uv = vec2(atan(p.x, p.z) / 1.9 + .5, (p.y - .06) / .92);
  if (id == 0 && uv.x > 0. && uv.x < 1. && uv.y > 0. && uv.y < 1.) {
    vec4 ink = textureLod(uLabels, vec2(uv.x * .5, .5 + uv.y * .5), 1.);
    s.albedo = mix(s.albedo, pow(ink.rgb, vec3(2.2)) * fibre, ink.a);
  }
}
