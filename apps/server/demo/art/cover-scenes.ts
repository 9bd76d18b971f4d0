/** Covers of the announced rooms; the cover of the tea room is a frame of the clip. */
import type { Scene } from './tracer.ts'

const portrait = { width: 720, height: 960 } as const
const bare = 'void backdrop(vec3 p) {} void backdropSurface(vec3 p, inout Surface s) {}'

export const coverScenes: Readonly<Record<string, Scene>> = {
  'kitchen-table': {
    ...portrait,
    objects: ['sets/kitchen', 'steamer', 'board', 'honey', 'tea', 'vase', 'apron'],
    set: bare,
    place: `kitchenCorner(p);
      unit = .95; vec3 q = (p - vec3(-.5, 0, .55)) / unit; q.xz *= turn(.25); steamer(q); unit = 1.;
      q = p - vec3(1.02, 0, -1.); q.xz *= turn(-.1); q.yz *= turn(-.18); board(q);
      unit = .8; persimmon((p - vec3(.62, 0, 1.25)) / unit); persimmon((p - vec3(1.08, 0, 1.05)) / unit);
      unit = .72; honey((p - vec3(1.5, 0, .15)) / unit);
      unit = .7; teaCan((p - vec3(.62, 2.77, -1.3)) / unit);
      unit = .58; vase((p - vec3(1.35, 2.77, -1.25)) / unit);
      unit = 1.02; apron((p - vec3(-1.2, 2.12, -1.55)) / unit); unit = 1.;`,
    look: {
      EYE: 'vec3(0., 2.6, 9.)',
      TARGET: 'vec3(0., 1.62, 0.)',
      LENS: '4.5',
      HOPS_MAX: '6',
      APRON_COLOUR: 'hex(0x9fb0a8)',
    },
  },
  'autumn-wardrobe': {
    ...portrait,
    objects: ['sets/wardrobe', 'scarf', 'tote', 'vase', 'apron'],
    set: bare,
    place: `corner(p);
      coat(p - vec3(-1.1, 3.62, -.38));
      unit = .86; apron((p - vec3(1.1, 2.42, -.6)) / unit);
      unit = .72; vec3 q = (p - vec3(-.02, .01, .25)) / unit; q.xz *= turn(-.4); scarfPile(q);
      unit = .7; q = (p - vec3(1.22, .01, .3)) / unit; q.xz *= turn(-.3); tote(q);
      unit = .9; hat((p - vec3(-.0, 3.95, -.45)) / unit); unit = 1.;`,
    look: {
      EYE: 'vec3(0., 2.3, 9.)',
      TARGET: 'vec3(0.05, 1.95, 0.)',
      LENS: '4.5',
      KEY_COLOUR: 'vec3(2.1, 1.72, 1.36)',
      APRON_COLOUR: 'hex(0xa8583e)',
    },
  },
}
