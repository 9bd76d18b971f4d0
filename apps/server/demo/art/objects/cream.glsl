// An aluminium tube of hand cream and a camellia in bloom.
void tube(vec3 p) {
  if (away(box(p - vec3(0, .78, 0), vec3(.4, .8, .3), .05), CREAM)) return;
  put(can(p - vec3(0, .15, 0), .25, .15, .03) - .006 * smoothstep(.2, .8, sin(atan(p.z, p.x) * 36.)) * step(p.y, .26), CREAM + 1, p);
  float t = clamp((p.y - .3) / 1.1, 0., 1.);
  vec2 r = mix(vec2(.27), vec2(.385, .03), smoothstep(0., 1., t) * t);
  float k = length(p.xz / r), d = k * (k - 1.) / length(p.xz / (r * r));
  vec2 w = vec2(d + .02, abs(p.y - .86) - .55 + .02);
  put((length(max(w, 0.)) + min(max(w.x, w.y), 0.) - .02) * .7, CREAM, p);
  put(box(p - vec3(0, 1.43, 0), vec3(.39, .075, .03 + .006 * sin(p.y * 160.)), .015) * .8, CREAM + 2, p);
}
float petalShell(vec3 p, float R, float tilt) {
  p.x -= R * .12;
  p.xy *= turn(-tilt);
  p.x -= R * .52;
  float d = abs(length(p - vec3(0, R * .95, 0)) - R * .95) - .011;
  float edge = (length(vec2(p.x / .56, p.z / .53)) - R) * .5;
  return smax(d, max(edge, p.y - R), .02);
}
void camellia(vec3 p) {
  if (away(egg(p - vec3(0, .18, 0), vec3(.6, .36, .6)), CREAM)) return;
  float i, d = 1.;
  vec3 q = p;
  for (int k = ZERO; k < 4; k++) {
    float t = float(k);
    q.xz = sector(turn(t * 2.1) * p.xz, 6. - floor(t * .7), i);
    d = min(d, petalShell(q - vec3(0, .05 + .02 * t, 0), .44 - .075 * t, .32 + .3 * t));
  }
  put(d * .75, CREAM + 3, p);
  q.xz = sector(p.xz, 9., i);
  put(rod(q, vec3(.03, .1, 0), vec3(.06, .3, 0), .014), CREAM + 4, p);
  put(ball(q - vec3(.062, .31, 0), .022), CREAM + 4, p);
}
void camelliaLeaf(vec3 p) {
  if (away(box(p - vec3(.35, .05, 0), vec3(.4, .15, .25), .02), CREAM)) return;
  put(leaf(p, .72, .2, .012), CREAM + 5, p);
}
void creamSurface(int id, vec3 p, inout Surface s) {
  if (id == 1) { s.albedo = hex(0xa14a52); s.gloss = .6; s.rough = .4; return; }
  if (id == 2) { s.albedo = hex(0xd9d2cc); s.metal = 1.; s.gloss = 1.; s.rough = .35; return; }
  if (id == 3) {
    float r = length(p.xz);
    s.albedo = mix(hex(0xe59aa0), hex(0xfbe9e4), smoothstep(.05, .5, r)) * (.96 + .06 * noise(p * 40.));
    s.gloss = .2; s.rough = .6; return;
  }
  if (id == 4) { s.albedo = hex(0xf0bd3e); return; }
  if (id == 5) {
    float vein = smoothstep(.012, .0, abs(p.z)) + .4 * smoothstep(.8, 1., sin((abs(p.z) * .8 - p.x) * 60.));
    s.albedo = mix(hex(0x1f4a2c), hex(0x5f8a58), vein * .5); s.gloss = 1.; s.rough = .25; return;
  }
  s.albedo = hex(0xf1dfd8); s.gloss = .9; s.rough = .28;
  vec2 uv = vec2(p.x / .8 + .5, (p.y - .42) / .9);
  if (p.z > 0. && uv.x > .02 && uv.x < .98 && uv.y > 0. && uv.y < 1.) {
    vec4 ink = textureLod(uLabels, vec2(uv.x * .5, uv.y * .5), 1.);
    s.albedo = mix(s.albedo, pow(ink.rgb, vec3(2.2)), ink.a);
  }
}
