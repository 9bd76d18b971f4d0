// An autumn corner: a wall with wainscot and a peg rail, a bench, a wool coat, a felt hat.
void corner(vec3 p) {
  put(p.z + .6, WARDROBE, p);
  put(p.y + .95, WARDROBE + 2, p);
  put(box(p - vec3(0, 3.62, -.56), vec3(4., .13, .06), .02), WARDROBE + 1, p);
  vec3 q = p;
  q.x = mod(p.x + .55, 1.1) - .55;
  put(rod(q, vec3(0, 3.6, -.55), vec3(0, 3.66, -.25), .045), WARDROBE + 1, p.zyx);
  put(box(p - vec3(.35, -.06, .2), vec3(2.2, .07, .6), .03), WARDROBE + 1, p);
  put(box(p - vec3(-1.2, -.5, .2), vec3(.07, .45, .5), .02), WARDROBE + 1, p.yxz);
}
void coat(vec3 p) {
  if (away(box(p - vec3(0, -1.2, .1), vec3(.98, 1.45, .3), .05), WARDROBE)) return;
  float sx = abs(p.x);
  put(max(rod(vec3(sx, p.yz), vec3(0, -.13, .08), vec3(.46, -.33, .08), .03), -1.), WARDROBE + 1, p);
  put(rod(p, vec3(0, -.13, .08), vec3(0, .03, .08), .012), WARDROBE + 1, p);
  float w = mix(.5, .66, smoothstep(-.4, -2.4, p.y));
  float e = smax(sx - w, max(-2.42 - p.y, p.y + .2 + .42 * sx - .05), .08);
  float fold = .035 * sin(p.x * 13. + 1.5 * sin(p.y * 1.3)) * smoothstep(-.7, -2.4, p.y) + .03 * (noise(p * vec3(3., 2., 2.)) - .5);
  vec2 k = vec2(e + .09, abs(p.z - .1 - fold) - .05);
  float d = length(max(k, 0.)) + min(max(k.x, k.y), 0.) - .09;
  vec3 arm = vec3(sx, p.y, (p.z - .11) * 1.3);
  float sleeve = taper(arm, vec3(.47, -.45, 0), vec3(.72, -1.62, .03), vec2(.17, .145));
  sleeve = smax(sleeve, dot(arm - vec3(.72, -1.66, 0), normalize(vec3(.2, -1, 0))), .03) + .012 * sin(p.y * 19. + sx * 9.);
  d = smin(d, sleeve * .8, .05);
  float opening = max(abs(p.x - .0) - .006, -p.z) ;
  d = smax(d, .012 - length(vec2(p.x - .07, (p.z - .27) * .3)), .02);
  put(d * .75, WARDROBE + 3, p);
  // lapels, buttons, pocket flaps
  float v = abs(sx - .2 - (p.y + .72) * .22) - .1;
  put(smax(max(v, abs(p.y + .62) - .36), abs(p.z - .235 - fold) - .02, .015) * .7, WARDROBE + 3, p);
  for (int i = ZERO; i < 3; i++) put(can((p - vec3(.0, -1.12 - .34 * float(i), .255 + fold)).xzy, .042, .014, .008), WARDROBE + 4, p);
  put(box(vec3(sx, p.yz) - vec3(.36, -1.6, .235 + fold), vec3(.14, .05, .02), .015) * .8, WARDROBE + 3, p);
}
void hat(vec3 p) {
  if (away(egg(p, vec3(.62, .5, .62)), WARDROBE)) return;
  float crown = smax(egg(p - vec3(0, .1, 0), vec3(.3, .36, .34)), -egg(p - vec3(0, .52, 0), vec3(.12, .14, .3)), .1);
  float brim = max(abs(p.y + .03 * sin(p.x * 4.) - .1 * dot(p.xz, p.xz)) - .014, length(p.xz) - .56) * .8;
  put(smin(crown, brim, .05) * .85, WARDROBE + 5, p);
  put(max(can(p - vec3(0, .07, 0), .335, .045, .01), -can(p, .29, .2, .01)), WARDROBE + 4, p);
}
void wardrobeSurface(int id, vec3 p, inout Surface s) {
  if (id == 1) { s.albedo = wood(p, hex(0x9a6b45), hex(0x65422b)); s.gloss = .4; s.rough = .45; return; }
  if (id == 2) { s.albedo = wood(p.xzy * .6, hex(0xa9825c), hex(0x7c5a3d)); return; }
  float felt = .8 + .2 * noise(p * 50.) + .2 * noise(p * 120.);
  if (id == 3) { s.albedo = hex(0xb08152) * felt; s.bump = .15 * (vec3(noise(p * 60.), noise(p * 60. + 3.), noise(p * 60. + 6.)) - .5); return; }
  if (id == 4) { s.albedo = hex(0x3d2a20); s.gloss = .6; s.rough = .35; return; }
  if (id == 5) { s.albedo = hex(0x6d4a3a) * felt; return; }
  s.albedo = hex(0xd9b48e) * (.96 + .05 * noise(p * 3.) + .03 * noise(p * 80.));
}
