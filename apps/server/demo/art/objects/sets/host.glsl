// The host of the clip, a puppet: torso, head and one forearm are drawn apart and moved in 2D.
void hostTorso(vec3 p) {
  float sx = abs(p.x);
  float d = egg(p - vec3(0, 1., -.05), vec3(.56, .85, .36));
  d = smin(d, rod(vec3(sx, p.yz), vec3(0, 1.56, 0), vec3(.5, 1.44, 0), .19), .22);
  d = smin(d, rod(vec3(sx, p.yz), vec3(.53, 1.42, 0), vec3(.74, .72, .1), .17), .1);
  d = smin(d, egg(p - vec3(0, .1, 0), vec3(.54, .6, .36)), .3);
  // folds of the shirt
  d += .012 * sin(p.y * 16. + sx * 12.) * smoothstep(.35, .7, sx) - .015 * noise(p * 5.);
  put(d * .85, HOST, p);
  put(rod(p, vec3(0, 1.55, .03), vec3(0, 2.05, .06), .145), HOST + 1, p);
  float neck = egg(p - vec3(0, 1.72, .04), vec3(.27, .09, .24));
  put(max(neck, -egg(p - vec3(0, 1.78, .08), vec3(.2, .14, .2))), HOST + 3, p);
}
void hostHead(vec3 p) {
  vec3 q = p - vec3(0, 2.42, .08);
  float face = egg(q, vec3(.385, .45, .39));
  face = smin(face, egg(q - vec3(0, -.16, .07), vec3(.31, .29, .3)), .15);
  put(face, HOST + 1, p);
  put(egg(vec3(abs(q.x), q.yz) - vec3(.385, -.05, -.02), vec3(.06, .1, .07)), HOST + 1, p);
  float hair = egg(q - vec3(0, .1, -.06), vec3(.45, .47, .45));
  float a = atan(q.x, q.y + .3);
  hair -= .007 * sin(a * 22. + noise(q * 5.) * 4.);
  // the face is left free below a side parting
  float open = egg(q - vec3(.05, -.2, .36), vec3(.36, .42, .34));
  open = min(open, egg(q - vec3(0, -.42, .2), vec3(.5, .34, .5)));
  hair = smax(hair, -open, .05);
  hair = smin(hair, ball(q - vec3(.03, .56, -.14), .2) - .006 * sin(q.y * 50. + q.x * 20.), .04);
  put(hair * .85, HOST + 2, p);
  put(rod(q, vec3(-.26, .62, -.1), vec3(.34, .5, -.16), .018), HOST + 4, p);
}
void hostForearm(vec3 p) {
  // elbow at the origin, hand up, palm to the viewer
  float sleeve = taper(p, vec3(0, .02, 0), vec3(0, .36, .02), vec2(.165, .15));
  sleeve = smin(sleeve, ring(p - vec3(0, .4, .02), .125, .035), .03);
  put(sleeve - .012 * noise(p * 7.), HOST + 5, p);
  float d = taper(p, vec3(0, .3, .02), vec3(0, .74, .05), vec2(.115, .08));
  d = smin(d, egg(p - vec3(0, .9, .06), vec3(.125, .15, .06)), .07);
  for (int i = ZERO; i < 4; i++) {
    float k = float(i) - 1.5, len = .25 - .022 * k * k - .01 * k;
    vec3 a = vec3(.062 * k, .98, .06);
    d = smin(d, taper(p, a, a + vec3(.04 * k, len, .05), vec2(.037, .03)), .025);
  }
  d = smin(d, taper(p, vec3(-.08, .84, .08), vec3(-.22, 1., .13), vec2(.05, .036)), .05);
  put(d, HOST + 1, p);
}
void hostSurface(int id, vec3 p, inout Surface s) {
  if (id == 1) { s.albedo = hex(0xe8b592); s.gloss = .12; s.rough = .6; return; }
  if (id == 2) { s.albedo = hex(0x2b211e); s.gloss = .5; s.rough = .55; return; }
  if (id == 3) { s.albedo = hex(0x4c6b57); return; }
  if (id == 4) { s.albedo = hex(0xb0442e); s.gloss = .8; s.rough = .3; return; }
  float slub = .92 + .1 * noise(p * vec3(60., 150., 60.)) + .08 * noise(p * vec3(150., 40., 60.));
  s.albedo = hex(0xe9e0cf) * slub;
  if (id == 5) return;
  // V of the neck, its green band, and the apron over the shirt
  float v = abs(p.x) - (p.y - 1.28) * .42;
  if (p.z > .02 && p.y > 1.2 && p.y < 1.9) {
    if (v < 0.) s.albedo = hex(0xe8b592);
    else if (v < .075) s.albedo = hex(0x4c6b57) * slub;
  }
  float strap = abs(abs(p.x) - .3 - .06 * (p.y - 1.)) - .045;
  if (p.z > 0. && ((p.y < 1.12 && abs(p.x) < .4) || (strap < 0. && p.y >= 1.1 && p.y < 1.75))) s.albedo = hex(0x5f7a66) * slub;
  if (p.z > 0. && abs(p.y - 1.1) < .008 && abs(p.x) < .4) s.albedo *= .75;
}
