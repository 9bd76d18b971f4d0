// A linen apron on a wooden peg.
float apronFold(vec2 p) {
  float low = smoothstep(.7, -1., p.y);
  float folds = sin(p.x * 8.5 + 1.2 * sin(p.y * 1.7 + .6) + p.y * .4) * .6 + .4 * sin(p.x * 15. - p.y * 1.3 + 1.);
  return .1 + .075 * low * folds + .03 * (noise(vec3(p * 3.2, 2.)) - .5) + .02 * (noise(vec3(p * vec2(9., 4.), 5.)) - .5);
}
void apron(vec3 p) {
  if (away(box(p - vec3(0, .2, .1), vec3(1., 1.4, .28), .05), APRON)) return;
  float half_ = mix(.70, .31, smoothstep(-.12, .5, p.y)) + .05 * smoothstep(-.2, -1.1, p.y);
  float hem = -1.06 - .015 * sin(p.x * 8.5);
  float e = smax((abs(p.x) - half_) * .8, max(hem - p.y, p.y - .86 - .05 * p.x * p.x), .04);
  float z = p.z - apronFold(p.xy);
  put(max(e, abs(z) - .011) * .62, APRON, p);
  vec2 k = p.xy - vec2(0, -.28);
  float pocket = box2(k, vec2(.38, .24), .04);
  put(max(pocket, abs(z - .02 - .012 * smoothstep(.1, .24, k.y)) - .009) * .62, APRON + 1, p);
  // neck strap over the peg, waist ties hanging
  float sx = abs(p.x);
  vec2 a = curve(vec2(sx, p.y), vec2(.27, .84), vec2(.22, 1.2), vec2(.02, 1.4));
  put(box2(vec2(a.x, p.z - .12 - .06 * a.y), vec2(.032, .01), .008) * .8, APRON + 2, p);
  vec2 t = curve(vec2(sx, p.y), vec2(.66, -.02), vec2(.92, .05), vec2(.82 + .03 * sign(p.x), -.78 - .1 * sign(p.x)));
  put(box2(vec2(t.x, p.z - .07 - .03 * sin(t.y * 9.)), vec2(.028, .009), .007) * .7, APRON + 2, p);
  put(can(vec3(p.x, p.z - .12, p.y - 1.36), .05, .14, .02), APRON + 3, p.zxy);
}
void apronSurface(int id, vec3 p, inout Surface s) {
  if (id == 3) { s.albedo = wood(p, hex(0xa8784c), hex(0x6e4a2e)); s.gloss = .4; s.rough = .4; return; }
  float slub = .9 + .13 * noise(vec3(p.x * 26., p.y * 230., 1.)) + .13 * noise(vec3(p.x * 230., p.y * 26., 5.));
  s.albedo = APRON_COLOUR * slub;
  if (id == 1) {
    vec2 k = abs(p.xy - vec2(0, -.28)) - vec2(.36, .22);
    float seam = abs(max(k.x, k.y));
    s.albedo *= .97 - .14 * smoothstep(.008, .003, seam) * step(.3, fract((p.x + p.y) * 30.));
  }
  if (id == 0 && abs(p.y + 1.) < .006) s.albedo *= .86;
}
