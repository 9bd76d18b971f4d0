// Numbers, noise and shapes that every object is built from. Lengths: one unit is about 10 cm.
const float PI = 3.14159265;

uniform int uPass;
uniform float uTime;
uniform vec2 uSize;
uniform sampler2D uLabels;

uint seed;
int dimension;
vec2 pixelShift;

float random() {
  seed = seed * 747796405u + 2891336453u;
  uint w = ((seed >> ((seed >> 28u) + 4u)) ^ seed) * 277803737u;
  return float((w >> 22u) ^ w) / 4294967296.0;
}

// The first samples of a path walk low-discrepancy sequences: far less grain for the same time.
const vec2 STEPS[8] = vec2[8](vec2(.41421, .73205), vec2(.23607, .64575), vec2(.31662, .60555),
  vec2(.12311, .35890), vec2(.79583, .38516), vec2(.56776, .08276), vec2(.40312, .55744),
  vec2(.85565, .28011));
vec2 random2() {
  vec2 shift = vec2(random(), random());
  if (dimension >= 8) return shift;
  seed += 7919u;
  vec2 v = fract(pixelShift * float(dimension + 1) * 1.37 + float(uPass) * STEPS[dimension]);
  dimension++;
  return v;
}

// Loops that start here are kept as loops: unrolled maps take minutes to compile.
#define ZERO min(0, uPass)

float hash(float n) { return fract(sin(n * 127.1) * 43758.5453); }
float hash(vec2 p) { return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453); }
float hash(vec3 p) { return fract(sin(dot(p, vec3(127.1, 311.7, 74.7))) * 43758.5453); }
float noise(vec3 p) {
  vec3 i = floor(p), f = fract(p);
  f = f * f * (3. - 2. * f);
  return mix(
    mix(mix(hash(i), hash(i + vec3(1, 0, 0)), f.x), mix(hash(i + vec3(0, 1, 0)), hash(i + vec3(1, 1, 0)), f.x), f.y),
    mix(mix(hash(i + vec3(0, 0, 1)), hash(i + vec3(1, 0, 1)), f.x), mix(hash(i + vec3(0, 1, 1)), hash(i + vec3(1)), f.x), f.y),
    f.z);
}
float fbm(vec3 p) { return .5 * noise(p) + .3 * noise(p * 2.1 + 7.) + .2 * noise(p * 4.3 + 3.); }

mat2 turn(float a) { float c = cos(a), s = sin(a); return mat2(c, -s, s, c); }
vec3 hex(int c) { return pow(vec3((c >> 16) & 255, (c >> 8) & 255, c & 255) / 255., vec3(2.2)); }

float smin(float a, float b, float k) {
  float h = max(k - abs(a - b), 0.) / k;
  return min(a, b) - h * h * k * .25;
}
float smax(float a, float b, float k) { return -smin(-a, -b, k); }

float ball(vec3 p, float r) { return length(p) - r; }
float box(vec3 p, vec3 b, float r) {
  vec3 q = abs(p) - b + r;
  return length(max(q, 0.)) + min(max(q.x, max(q.y, q.z)), 0.) - r;
}
float box2(vec2 p, vec2 b, float r) {
  vec2 q = abs(p) - b + r;
  return length(max(q, 0.)) + min(max(q.x, q.y), 0.) - r;
}
float egg(vec3 p, vec3 r) {
  float k0 = length(p / r), k1 = length(p / (r * r));
  return k0 * (k0 - 1.) / max(k1, 1e-4);
}
// Upright can: radius, half height, edge rounding.
float can(vec3 p, float radius, float half_, float r) { return box2(vec2(length(p.xz), p.y), vec2(radius, half_), r); }
float rod(vec3 p, vec3 a, vec3 b, float r) {
  vec3 pa = p - a, ba = b - a;
  return length(pa - ba * clamp(dot(pa, ba) / dot(ba, ba), 0., 1.)) - r;
}
float taper(vec3 p, vec3 a, vec3 b, vec2 r) {
  vec3 pa = p - a, ba = b - a;
  float h = clamp(dot(pa, ba) / dot(ba, ba), 0., 1.);
  return length(pa - ba * h) - mix(r.x, r.y, h);
}
float ring(vec3 p, float R, float r) { return length(vec2(length(p.xz) - R, p.y)) - r; }
// Distance to a quadratic curve in a plane; .y is how far along it.
vec2 curve(vec2 p, vec2 a, vec2 b, vec2 c) {
  float best = 1e9, at = 0.;
  vec2 last = a;
  for (int i = 1 + ZERO; i <= 8; i++) {
    float t = float(i) / 8.;
    vec2 next = mix(mix(a, b, t), mix(b, c, t), t), e = next - last, w = p - last;
    float h = clamp(dot(w, e) / dot(e, e), 0., 1.), d = length(w - e * h);
    if (d < best) { best = d; at = t - .125 + .125 * h; }
    last = next;
  }
  return vec2(best, at);
}
// A pointed leaf lying along +x from the origin, flat in y.
float leaf(vec3 p, float len, float wide, float thick) {
  float t = clamp(p.x / len, 0., 1.);
  p.y -= len * .22 * t * t - .25 * abs(p.z) * (1. - t);
  float w = wide * sin(PI * pow(t, .8)) + .002;
  float d = max(abs(p.z) - w, max(-p.x, p.x - len));
  return max(d, abs(p.y) - thick) * .7;
}
vec2 sector(vec2 p, float count, out float index) {
  float a = atan(p.y, p.x), w = 2. * PI / count;
  index = floor(a / w + .5);
  return turn(index * w) * p;
}

// What a ray meets. `mine` is the point in the object's own frame.
struct Surface { vec3 albedo; vec3 glow; vec3 bump; float gloss; float rough; float metal; float clear; vec3 tint; };
float nearest;
int nearestId;
vec3 mine;
bool inside;
float unit = 1.; // the size at which the next objects are placed
void put(float d, int id, vec3 p) { d *= unit; if (d < nearest) { nearest = d; nearestId = id; mine = p; } }
void putClear(float d, int id, vec3 p) { put(inside ? -d : d, id, p); }
// True, with a safe distance noted, when the whole object is far away.
bool away(float bound, int id) {
  if (bound < .12) return false;
  bound *= unit;
  if (bound < nearest) { nearest = bound; nearestId = id; }
  return true;
}
vec3 wood(vec3 p, vec3 light, vec3 dark) {
  p.y += .06 * noise(p * vec3(1.2, 4., 4.));
  float rings = sin(length(p.yz + vec2(.9, .4)) * 34. + 5. * noise(p * vec3(.9, 3., 3.)));
  float fibre = noise(p * vec3(6., 160., 160.)) * .6 + noise(p * vec3(2., 40., 40.)) * .4;
  return mix(dark, light, clamp(.5 + .28 * rings + .55 * (fibre - .5), 0., 1.));
}
