/** Turns a scene into a picture: assembles the shader and runs it in headless Chromium. */
import { readFile } from 'node:fs/promises'
import { chromium, type Page } from 'playwright-core'

/** One picture: objects placed on a backdrop, seen by a camera, lit by one key light and a sky. */
export type Scene = {
  readonly width: number
  readonly height: number
  /** Files of `objects/` that the scene uses. */
  readonly objects: readonly string[]
  /** GLSL statements that put the objects, given the point `p`. */
  readonly place: string
  /** GLSL constants that differ from `DEFAULTS`. */
  readonly look: Readonly<Record<string, string>>
  /** Replaces the plain studio backdrop; see `STUDIO`. */
  readonly set?: string
  /** Exposure, saturation, vignette. */
  readonly grade?: readonly [number, number, number]
}

export type Shot = {
  readonly passes: number
  readonly seconds?: number
  readonly type?: 'image/webp' | 'image/png' | 'image/jpeg'
  readonly quality?: number
}

const DEFAULTS: Readonly<Record<string, string>> = {
  EYE: 'vec3(0., 1.75, 6.6)',
  TARGET: 'vec3(0., .72, 0.)',
  LENS: '4.3',
  APERTURE: '.035',
  KEY: 'vec3(-.72, .78, .58)',
  KEY_SOFT: '.06',
  KEY_COLOUR: 'vec3(1.9, 1.74, 1.54)',
  PANES: '1.6',
  SKY_LOW: 'vec3(.34, .32, .31)',
  SKY_HIGH: 'vec3(.72, .76, .82)',
  FLOOR: 'hex(0xd9cfc0)',
  WALL: 'hex(0xd9cfc0)',
  WALL_AT: '2.3',
  LEAVES: '1.',
  HOPS_MAX: '4',
  BOUNCES: '1',
  APRON_COLOUR: 'hex(0xd9c7a6)',
  KETTLE_COLOUR: 'hex(0x2f4a42)',
}

/** The studio: a paper sweep. */
const STUDIO = `
void backdrop(vec3 p) {
  float y = p.y, z = p.z + WALL_AT, r = 1.3;
  put(max(r, min(y, z)) - length(max(vec2(r - y, r - z), 0.)), 0, p);
}
void backdropSurface(vec3 p, inout Surface s) {
  s.albedo = mix(FLOOR, WALL, smoothstep(.0, 1.4, p.y)) * (.985 + .03 * noise(p * 90.));
}
`

/** A window with leaves before it dapples the key light. */
const WINDOW = `
float gobo(vec2 q) {
  float open = smoothstep(.0, .02, abs(q.x - 1.3) - .03) * smoothstep(2.3, 2.2, abs(q.x));
  float here = smoothstep(.7, 1.15, length(q - vec2(.1, .55)));
  for (int layer = 0; layer < 2; layer++) {
    vec2 g = q * 1.25 + float(layer) * 7.3, id = floor(g), f = fract(g) - .5;
    f = turn(.6 + 1.1 * hash(id)) * f;
    // a pointed leaf: two arcs that meet
    float d = length(vec2(abs(f.x) + .34, f.y)) - .49;
    if (hash(id + 5.) < .7 * here * LEAVES) open *= smoothstep(-.02, .03, d);
  }
  return mix(1., open, LEAVES * .85);
}
`

const read = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8')

const shaderOf = async (scene: Scene): Promise<string> => {
  const look = { ...DEFAULTS, ...scene.look }
  const names = scene.objects.map(path => path.replace('sets/', ''))
  const ids = names.map((name, at) => `#define ${name.toUpperCase()} ${(at + 1) * 10}`)
  const constants = Object.entries(look).map(([name, value]) => `#define ${name} (${value})`)
  const sources = await Promise.all(scene.objects.map(path => read(`objects/${path}.glsl`)))
  const surfaces = names.map(
    (name, at) => `case ${at + 1}: ${name}Surface(nearestId % 10, mine, s); break;`,
  )
  const assembly = `
float map(vec3 p) { nearest = 1e3; nearestId = 0; backdrop(p); ${scene.place} return nearest; }
// Of the point that map() was last asked about.
Surface surfaceHere() {
  Surface s = Surface(vec3(.5), vec3(0), vec3(0), 0., .5, 0., 0., vec3(1));
  switch (nearestId / 10) { case 0: backdropSurface(mine, s); break; ${surfaces.join(' ')} }
  return s;
}`
  return [
    ...ids,
    ...constants,
    await read('glsl/core.glsl'),
    ...sources,
    scene.set ?? STUDIO,
    WINDOW,
    assembly,
    await read('glsl/trace.glsl'),
  ].join('\n')
}

/** Calls a function of `stage.html` with one plain object. */
const call = (page: Page, name: string, needs: object): Promise<string> =>
  page.evaluate<string>(`window.${name}(${JSON.stringify(needs)})`)

export type Darkroom = {
  /** Renders one scene; its shots share one compiled shader. */
  readonly develop: (scene: Scene, shots: readonly Shot[]) => AsyncGenerator<Buffer>
  /** An SVG as a WebP of the given width and height. */
  readonly flatten: (svg: string, sizePx: number) => Promise<Buffer>
  readonly page: Page
  readonly close: () => Promise<void>
}

/** Opens Chromium with its software GL; the result is the same on every machine. */
export const openDarkroom = async (): Promise<Darkroom> => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
    ],
  })
  const page = await browser.newPage()
  const atlas = Buffer.from(await read('labels.svg')).toString('base64')
  const finish = await read('glsl/finish.glsl')

  async function* develop(scene: Scene, shots: readonly Shot[]): AsyncGenerator<Buffer> {
    await page.goto(new URL('stage.html', import.meta.url).href)
    const { width, height } = scene
    await call(page, 'prepare', { width, height, scene: await shaderOf(scene), finish, atlas })
    for (const shot of shots) {
      const needs = {
        seconds: 0,
        blurs: [1, 2, 4],
        grade: scene.grade ?? [0.86, 1, 0.5],
        type: 'image/webp',
        quality: 0.86,
        ...shot,
      }
      yield Buffer.from(await call(page, 'render', needs), 'base64')
    }
  }
  const flatten = async (svg: string, sizePx: number): Promise<Buffer> => {
    await page.goto(new URL('stage.html', import.meta.url).href)
    const needs = { svg: Buffer.from(svg).toString('base64'), sizePx }
    return Buffer.from(await call(page, 'flatten', needs), 'base64')
  }
  return { develop, flatten, page, close: () => browser.close() }
}
