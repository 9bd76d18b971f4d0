// Light transport: a small path tracer. The scene gives map(), surface(), gobo(), KEY, SKY…
layout(location = 0) out vec4 oDiffuse;
layout(location = 1) out vec4 oShine;
layout(location = 2) out vec4 oAlbedo;
layout(location = 3) out vec4 oGuide;

const float FAR = 16.;

float march(vec3 ro, vec3 rd, float rough) {
  float t = .004;
  for (int i = 0; i < 96; i++) {
    float d = map(ro + rd * t);
    if (d < (.0008 + rough) * (1. + t * .25)) return t;
    t += d * .94;
    if (t > FAR) break;
  }
  return FAR;
}

// A loop, not four calls: map() is large and would be compiled in four times.
vec3 normalAt(vec3 p) {
  vec3 n = vec3(0);
  for (int i = min(0, uPass); i < 4; i++) {
    vec3 e = vec3(((i + 3) >> 1) & 1, (i >> 1) & 1, i & 1) * 2. - 1.;
    n += e * map(p + e * .0009);
  }
  return normalize(n);
}

mat3 frame(vec3 n) {
  vec3 u = normalize(abs(n.y) < .9 ? cross(n, vec3(0, 1, 0)) : cross(n, vec3(1, 0, 0)));
  return mat3(u, cross(n, u), n);
}

// Light passes clear things tinted, so that a jar throws a warm shadow.
vec3 shadow(vec3 ro, vec3 rd, float tMax) {
  vec3 pass = vec3(1);
  float t = .01;
  inside = false;
  for (int i = 0; i < 64; i++) {
    float d = map(ro + rd * t);
    if (d < .0008) {
      Surface s = surfaceHere();
      if (s.clear < .5) return vec3(0);
      pass *= mix(vec3(1), s.tint, .22);
      d = .06;
    }
    t += d;
    if (t > tMax) break;
  }
  return pass;
}

// The key light as seen from p, with its shadow.
vec3 keyLight(vec3 p, vec3 n) {
  vec2 u = random2();
  float r = sqrt(u.x) * KEY_SOFT, a = u.y * 2. * PI;
#ifdef LAMP
  vec3 to = LAMP + frame(normalize(LAMP - p)) * vec3(cos(a) * r, sin(a) * r, 0.) - p;
  float far = length(to), ndl = dot(n, to / far);
  if (ndl <= 0.) return vec3(0);
  return KEY_COLOUR * ndl / (.4 + far * far) * shadow(p + n * .003, to / far, far - LAMP_HOLE);
#else
  vec3 l = normalize(KEY + frame(normalize(KEY)) * vec3(cos(a) * r, sin(a) * r, 0.));
  float ndl = dot(n, l);
  if (ndl <= 0.) return vec3(0);
  vec3 at = (p + l * 2.6) * frame(normalize(KEY));
  float open = gobo(at.xy);
  if (open < .01) return vec3(0);
  return KEY_COLOUR * open * ndl * shadow(p + n * .003, l, 7.);
#endif
}

vec3 sky(vec3 d, bool sharp) {
  vec3 c = mix(SKY_LOW, SKY_HIGH, smoothstep(-.3, .9, d.y));
  if (sharp) {
    // Softboxes that only mirrors see: a tall window on the left, a thin strip on the right.
    vec3 k = normalize(KEY);
    vec2 w = vec2(dot(d, normalize(cross(vec3(0, 1, 0), k))), d.y - k.y);
    float panes = smoothstep(.02, .0, abs(w.x) - .26) * smoothstep(.02, .0, abs(w.y) - .36) * step(0., dot(d, k));
    panes *= smoothstep(.008, .018, abs(w.x)) * smoothstep(.008, .018, abs(abs(w.y) - .12));
    c += KEY_COLOUR * panes * PANES;
    vec3 f = normalize(vec3(.9, .25, .42));
    vec2 v = vec2(dot(d, normalize(cross(vec3(0, 1, 0), f))), d.y - f.y);
    c += SKY_HIGH * 2.2 * smoothstep(.03, 0., abs(v.x) - .06) * smoothstep(.05, 0., abs(v.y) - .5) * step(0., dot(d, f));
  }
  return c;
}

// A direction near the mirror direction, the nearer the smoother the surface.
vec3 glossy(vec3 d, vec3 n, float rough) {
  vec2 u = random2();
  float r = rough * rough, a = u.y * 2. * PI, c = pow(u.x, r * .5 + 1e-4);
  vec3 to = frame(d) * vec3(sqrt(1. - c * c) * vec2(cos(a), sin(a)), c);
  return dot(to, n) > 0. ? to : reflect(to, n);
}

// What a glossy surface mirrors: the sky, or its neighbours in plain light.
vec3 reflection(vec3 p, vec3 d, vec3 n) {
  bool was = inside;
  inside = false;
  float t = march(p + n * .006, d, .003);
  vec3 c = sky(d, true);
  if (t < FAR) {
    Surface s = surfaceHere();
    c = s.glow + (s.clear > .5 ? s.tint * .7 : s.albedo) * (SKY_HIGH + KEY_COLOUR * .18);
  }
  inside = was;
  return c;
}

void main() {
  uvec2 px = uvec2(gl_FragCoord.xy);
  seed = px.x * 1973u + px.y * 9277u + uint(uPass) * 26699u + 1u;
  random();
  pixelShift = vec2(hash(gl_FragCoord.xy), hash(gl_FragCoord.yx + 41.3));
  dimension = 0;
  inside = false;

  vec2 jitter = random2();
  vec2 uv = (2. * (gl_FragCoord.xy + jitter - .5) - uSize) / uSize.x;
  vec3 fwd = normalize(TARGET - EYE), right = normalize(cross(fwd, vec3(0, 1, 0))), up = cross(right, fwd);
  vec3 rd = normalize(uv.x * right + uv.y * up + LENS * fwd), ro = EYE;
  vec2 lens = random2();
  vec3 focus = ro + rd * length(TARGET - EYE) / dot(rd, fwd);
  ro += (right * cos(lens.y * 6.2832) + up * sin(lens.y * 6.2832)) * sqrt(lens.x) * APERTURE;
  rd = normalize(focus - ro);

  vec3 through = vec3(1), light = vec3(0), shine = vec3(0), albedo = vec3(0), guide = vec3(0);
  float depth = FAR;
  int bounces = 0;
  for (int hop = 0; hop < HOPS_MAX; hop++) {
    float t = march(ro, rd, bounces > 0 ? .002 : 0.);
    if (t >= FAR) {
      if (bounces > 0) light += through * sky(rd, false); else shine += through * sky(rd, true);
      break;
    }
    Surface s = surfaceHere();
    vec3 p = ro + rd * t, n = normalAt(p);
    n = normalize(n + s.bump);
    if (dot(n, rd) > 0.) n = normalize(n - rd * dot(n, rd) * 1.02);
    if (hop == 0) { guide = n; depth = t; }
    if (inside) through *= exp(-t * (1. - s.tint) * 7.);
    float fresnel = s.gloss * mix(.04 + .96 * pow(1. - clamp(-dot(rd, n), 0., 1.), 5.), 1., s.metal);
    if (s.clear > .5) {
      vec3 bent = refract(rd, n, inside ? 1.45 : 1. / 1.45);
      if (dot(bent, bent) < .1) rd = reflect(rd, n);
      else {
        if (bounces == 0 && !inside) shine += through * fresnel * sky(reflect(rd, n), true);
        rd = bent;
        inside = !inside;
      }
      ro = p + rd * .008;
      continue;
    }
    if (s.metal > .5) {
      through *= s.albedo;
      rd = glossy(reflect(rd, n), n, s.rough);
      ro = p + n * .004;
      continue;
    }
    if (bounces == 0) {
      shine += through * s.glow;
      if (s.gloss > 0.) shine += through * fresnel * reflection(p, glossy(reflect(rd, n), n, s.rough), n);
      albedo = s.albedo * through * (1. - fresnel);
      through = vec3(1);
    } else through *= s.albedo;
    light += through * keyLight(p, n);
    if (++bounces > BOUNCES) { light += through * s.albedo * SKY_LOW * .6; break; }
    vec2 u = random2();
    float r = sqrt(u.x), a = u.y * 2. * PI;
    rd = frame(n) * vec3(r * cos(a), r * sin(a), sqrt(1. - u.x));
    inside = false;
    ro = p + n * .005;
  }
  oDiffuse = bounces > 0 ? vec4(min(light, vec3(8)), 1) : vec4(0);
  oShine = vec4(min(shine, vec3(8)), depth < FAR ? 1. : 0.);
  oAlbedo = bounces > 0 ? vec4(albedo, 1) : vec4(0);
  oGuide = vec4(guide, depth);
}
