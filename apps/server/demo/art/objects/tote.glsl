// A canvas tote that stands full: a loaf and greens look out.
float toteBody(vec3 p) {
  float full = .26 - .12 * smoothstep(.2, 1.25, p.y) - .05 * p.x * p.x;
  float crease = .02 * sin(p.x * 7. + 3. * p.y + 2. * noise(p * 2.5)) * smoothstep(.1, .6, p.y) + .03 * (noise(p * vec3(3., 2., 3.)) - .5);
  vec3 q = p - vec3(0, .64, 0);
  return box(q, vec3(.66 + .03 * p.y - .02 * p.y * p.y, .64, full + crease), .07) * .75;
}
void tote(vec3 p) {
  if (away(box(p - vec3(.05, 1., 0), vec3(.78, 1.1, .45), .05), TOTE)) return;
  float d = toteBody(p);
  float hollow = box(p - vec3(0, 1.2, 0), vec3(.66, .3, .115), .04);
  put(max(d, -hollow), TOTE, p);
  vec2 c = curve(vec2(abs(p.x), p.y), vec2(.32, .8), vec2(.36, 1.8), vec2(0, 1.72));
  float z = .16 - .06 * smoothstep(1.2, 1.7, p.y) + .04 * smoothstep(1.2, .8, p.y);
  float front = box2(vec2(c.x, p.z - z - .02), vec2(.042, .014), .01);
  float back = box2(vec2(c.x, p.z + z - .02), vec2(.042, .014), .01);
  put(min(front, p.y > 1.15 ? back : 1.) * .75, TOTE + 1, p);
  if (p.y < .95) return;
  vec3 q = p - vec3(.3, 1., 0);
  q.xy *= turn(.14);
  put(taper(q, vec3(0), vec3(0, .78, 0), vec2(.125, .1)) - .008 * sin(q.y * 30. + q.x * 14.), TOTE + 2, q);
  float d2 = 1.;
  for (int i = ZERO; i < 6; i++) {
    float k = float(i), h = hash(k + 3.);
    vec3 g = p - vec3(-.42 + .11 * k, 1.12, .05 * (h - .5));
    g.xy *= turn((k - 2.5) * -.2);
    g.yz *= turn(.5 * (hash(k) - .5));
    g.x += .02 * sin(g.y * 22. + k);
    g.z += .05 * sin(g.y * 14. + k) * abs(g.x) * 5. - .12 * g.x * g.x * 8.;
    d2 = min(d2, egg(g - vec3(0, .22 + .08 * h, 0), vec3(.135, .3, .022)) * .6);
  }
  put(d2, TOTE + 3, p);
}
void toteSurface(int id, vec3 p, inout Surface s) {
  float weave = .93 + .09 * noise(p * vec3(50., 260., 50.)) + .09 * noise(p * vec3(260., 50., 50.));
  if (id == 2) {
    float slash = smoothstep(.25, .75, sin(p.y * 30. + p.x * 14.));
    s.albedo = mix(hex(0xc07f38), hex(0xeccf9a), slash) * (.85 + .3 * noise(p * 24.)); s.gloss = .2; return;
  }
  if (id == 3) {
    s.albedo = mix(hex(0x3f7a35), hex(0x9cc06a), noise(p * 6.) * .7 + .3 * noise(p * 40.)); s.gloss = .4; s.rough = .5; return;
  }
  s.albedo = hex(0xeee4d0) * weave;
  if (id == 1) { s.albedo = hex(0xe2d5bc) * weave; return; }
  if (abs(p.y - 1.17) < .006 && fract(p.x * 28.) < .7) s.albedo *= .8;
  vec2 uv = vec2(p.x / 1.0 + .5, (p.y - .12) / 1.);
  if (p.z > .05 && uv.x > .0 && uv.x < 1. && uv.y > 0. && uv.y < 1.) {
    vec4 ink = textureLod(uLabels, vec2(.5 + uv.x * .5, uv.y * .5), 1.);
    s.albedo = mix(s.albedo, pow(ink.rgb, vec3(2.2)) * weave, ink.a * .92);
  }
}
