/** Layers of the tea room: drawn once in 3D, moved in 2D by the clip, stacked for the cover. */
import type { Scene } from './tracer.ts'

const lamplight = {
  EYE: 'vec3(0., 1.75, 8.6)',
  TARGET: 'vec3(0., 1.3, 0.)',
  LENS: '5.5',
  APERTURE: '.0',
  LAMP: 'vec3(1.15, 3.0, .9)',
  LAMP_HOLE: '.5',
  KEY: 'vec3(.5, .8, .6)',
  KEY_SOFT: '.22',
  KEY_COLOUR: 'vec3(9.5, 6.6, 4.1)',
  PANES: '.14',
  SKY_LOW: 'vec3(.10, .13, .17)',
  SKY_HIGH: 'vec3(.20, .25, .34)',
} as const

const layer = (objects: readonly string[], place: string): Scene => ({
  width: 720,
  height: 1280,
  objects,
  place,
  look: lamplight,
  grade: [1, 1.05, 0],
  set: 'void backdrop(vec3 p) {} void backdropSurface(vec3 p, inout Surface s) {}',
})

const table =
  'roomTable(p); unit = .42; kettle((p - vec3(-.95, 0, .35)) / unit); ' +
  'cup((p - vec3(.1, 0, .95)) / unit); ' +
  'unit = .4; teaCan((p - vec3(.98, 0, .3)) / unit); ' +
  'unit = .45; teaDish((p - vec3(.72, 0, 1.05)) / unit); unit = 1.;'

const shelf =
  'unit = .42; vase((p - vec3(1.05, 1.58, -2.)) / unit); unit = .36; ' +
  'teaCan((p - vec3(1.2, .78, -2.)) / unit); unit = 1.;'

/** A product held up to the camera: lit by the same lamp, nothing behind it. */
const heldUp = (object: string, place: string, middle: number): Scene => ({
  ...layer([object], place),
  width: 360,
  height: 360,
  look: {
    ...lamplight,
    TARGET: `vec3(0., ${middle}, 0.)`,
    EYE: `vec3(0., ${middle + 0.9}, 6.6)`,
    LENS: '4.',
    LAMP: 'vec3(-1.2, 2.6, 2.2)',
    PANES: '.3',
    SKY_LOW: 'vec3(.3, .3, .32)',
    SKY_HIGH: 'vec3(.5, .52, .58)',
  },
})

export const clipLayers: Readonly<Record<string, Scene>> = {
  room: layer(['sets/room', 'vase', 'tea'], `roomWall(p); lantern(p); ${shelf}`),
  torso: layer(['sets/host'], 'p -= vec3(-.12, 0, -.75); hostTorso(p);'),
  head: layer(['sets/host'], 'p -= vec3(-.12, 0, -.75); hostHead(p);'),
  forearm: layer(['sets/host'], 'p -= vec3(0, 1., -.4); hostForearm(p);'),
  table: layer(['sets/room', 'kettle', 'cup', 'tea'], table),
  'held-1': heldUp('tea', 'p.xz *= turn(-.25); teaCan(p);', 0.72),
  'held-2': heldUp('cup', 'p *= .8; unit = 1.25; cup(p); unit = 1.;', 0.45),
  'held-3': heldUp('kettle', 'p.xz *= turn(-.35); kettle(p);', 0.6),
  'held-4': heldUp('vase', 'unit = .62; vase(p / unit); unit = 1.;', 0.9),
}
