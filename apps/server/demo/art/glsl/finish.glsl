// From light to picture: one edge-keeping blur pass (STEP wide), or the final grade.
uniform sampler2D uDiffuse, uShine, uAlbedo, uGuide;
uniform int uWide;
uniform float uPasses;
uniform vec3 uGrade; // exposure, saturation, vignette
layout(location = 0) out vec4 oDiffuse;
layout(location = 1) out vec4 oShine;

const float TAPS[3] = float[3](.375, .25, .0625);

void blur() {
  ivec2 c = ivec2(gl_FragCoord.xy), size = textureSize(uGuide, 0);
  vec4 guide = texelFetch(uGuide, c, 0) / uPasses, sumD = vec4(0), sumS = vec4(0);
  vec4 a0 = texelFetch(uAlbedo, c, 0);
  vec3 albedo = a0.rgb / max(a0.a, 1e-3);
  vec4 d0 = texelFetch(uDiffuse, c, 0), s0 = texelFetch(uShine, c, 0);
  float wd = 0., ws = 0.;
  vec3 mid = d0.rgb / max(d0.a, 1e-3), midS = s0.rgb / uPasses;
  for (int y = -2; y <= 2; y++) for (int x = -2; x <= 2; x++) {
    ivec2 q = clamp(c + ivec2(x, y) * uWide, ivec2(0), size - 1);
    vec4 g = texelFetch(uGuide, q, 0) / uPasses, d = texelFetch(uDiffuse, q, 0), s = texelFetch(uShine, q, 0);
    vec4 a1 = texelFetch(uAlbedo, q, 0);
    vec3 a = a1.rgb / max(a1.a, 1e-3);
    float k = TAPS[abs(x)] * TAPS[abs(y)];
    k *= exp(-3. * dot(g.xyz - guide.xyz, g.xyz - guide.xyz) / .08) * exp(-abs(g.w - guide.w) * 8.);
    k *= exp(-dot(a - albedo, a - albedo) * 30.);
    vec3 e = d.rgb / max(d.a, 1e-3) - mid;
    float kd = k * exp(-dot(e, e) / (.004 + .10 * dot(mid, mid)) * float(uWide));
    vec3 f = s.rgb / uPasses - midS;
    float ks = k * exp(-dot(f, f) / (.0006 + .05 * dot(midS, midS)) * float(uWide));
    sumD += d * kd; wd += kd;
    sumS += s * ks; ws += ks;
  }
  oDiffuse = sumD / wd;
  oShine = sumS / ws;
}

// Khronos "PBR neutral" curve: true colours below the shoulder, soft whites above.
vec3 tone(vec3 c) {
  float x = min(c.r, min(c.g, c.b)), offset = x < .08 ? x - 6.25 * x * x : .04;
  c -= offset;
  float peak = max(c.r, max(c.g, c.b)), start = .76;
  if (peak < start) return c;
  float d = 1. - start, fresh = 1. - d * d / (peak + d - start);
  c *= fresh / peak;
  return mix(c, vec3(fresh), 1. - 1. / (.15 * (peak - fresh) + 1.));
}

void grade() {
  ivec2 c = ivec2(gl_FragCoord.xy);
  vec4 d = texelFetch(uDiffuse, c, 0), a = texelFetch(uAlbedo, c, 0);
  // Albedo is averaged over all samples: that keeps the share of light that mirrored instead.
  vec3 light = a.rgb / uPasses * d.rgb / max(d.a, 1e-3) + texelFetch(uShine, c, 0).rgb / uPasses;
  vec2 uv = gl_FragCoord.xy / vec2(textureSize(uGuide, 0)) - .5;
  light *= uGrade.x * (1. - uGrade.z * dot(uv, uv));
  light = mix(vec3(dot(light, vec3(.2126, .7152, .0722))), light, uGrade.y);
  // Where nothing was met the picture is clear: cut-outs for the clip come this way.
  float cover = texelFetch(uShine, c, 0).a / uPasses;
  light /= max(cover, 1e-3);
  oDiffuse = vec4(pow(max(tone(max(light, 0.)), 0.), vec3(1. / 2.2)) * cover, cover);
  oShine = vec4(0);
}

void main() { if (uWide > 0) blur(); else grade(); }
