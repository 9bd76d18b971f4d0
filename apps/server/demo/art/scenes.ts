/** The catalogue pictures: one light, one lens, a paper sweep in each product's own colour. */
import type { Scene } from './tracer.ts'

const square = { width: 800, height: 800 } as const

export const productScenes: Readonly<Record<string, Scene>> = {
  'drip-kettle': {
    ...square,
    objects: ['kettle'],
    place: 'p.x += .02; p.xz *= turn(-.35); kettle(p);',
    look: { FLOOR: 'hex(0xd8c3a5)', WALL: 'hex(0xdcc9ae)', TARGET: 'vec3(0, .62, 0)' },
  },
  'celadon-cup': {
    ...square,
    objects: ['cup'],
    place: 'cup(p);',
    look: {
      FLOOR: 'hex(0xcfd6c6)',
      WALL: 'hex(0xd6dccd)',
      TARGET: 'vec3(0, .42, 0)',
      LENS: '5.6',
      EYE: 'vec3(0., 2.3, 6.2)',
    },
  },
  'ceramic-vase': {
    ...square,
    objects: ['vase'],
    place: 'vase(p);',
    look: {
      FLOOR: 'hex(0xc9b6a4)',
      WALL: 'hex(0xcdbba9)',
      TARGET: 'vec3(0, 1.42, 0)',
      LENS: '3.3',
    },
  },
  'longjing-tea': {
    ...square,
    objects: ['tea'],
    place:
      'vec3 q = p + vec3(.25, 0, .1); q.xz *= turn(-.25); teaCan(q); teaDish(p - vec3(.5, 0, .62));',
    look: { FLOOR: 'hex(0xd3d5bd)', WALL: 'hex(0xdadcc6)', TARGET: 'vec3(.12, .68, 0)' },
  },
  'osmanthus-honey': {
    ...square,
    objects: ['honey'],
    place:
      'vec3 q = p + vec3(.2, 0, 0); q.xz *= turn(-.2); honey(q); fallenBlossom(p); q = p - vec3(.35, .15, .75); q.xz *= turn(.45); q.xy *= turn(.03); dipper(q);',
    look: {
      FLOOR: 'hex(0xe3cfa6)',
      WALL: 'hex(0xe6d4b0)',
      TARGET: 'vec3(.1, .6, 0)',
      HOPS_MAX: '8',
    },
  },
  'bamboo-steamer': {
    ...square,
    objects: ['steamer'],
    place: 'vec3 q = p - vec3(.12, 0, .1); q.xz *= turn(.3); steamer(q);',
    look: {
      FLOOR: 'hex(0xc9cdb4)',
      WALL: 'hex(0xcfd3bc)',
      TARGET: 'vec3(0, .7, 0)',
      EYE: 'vec3(0., 2.6, 6.3)',
      LENS: '4.2',
    },
  },
  'walnut-board': {
    ...square,
    objects: ['board'],
    place:
      'vec3 q = p - vec3(-.15, .0, -.75); q.xz *= turn(-.12); q.yz *= turn(-.2); board(q); persimmon(p - vec3(.62, 0, .1)); q = p - vec3(.05, 0, .45); q.xz *= turn(1.); persimmon(q);',
    look: {
      FLOOR: 'hex(0xd9c9b8)',
      WALL: 'hex(0xd6c8ba)',
      TARGET: 'vec3(.1, .96, 0)',
      LENS: '3.9',
      WALL_AT: '1.9',
    },
  },
  'camellia-cream': {
    ...square,
    objects: ['cream'],
    place:
      'vec3 q = p + vec3(.28, 0, .0); q.xz *= turn(-.22); tube(q); q = p - vec3(.42, .1, .5); q.yz *= turn(-.5); q.xy *= turn(-.15); camellia(q); q = p - vec3(.66, .03, .3); q.xz *= turn(-.5); camelliaLeaf(q); q = p - vec3(.1, .03, .75); q.xz *= turn(2.6); camelliaLeaf(q);',
    look: {
      FLOOR: 'hex(0xdfc4be)',
      WALL: 'hex(0xe2cac4)',
      TARGET: 'vec3(.12, .7, 0)',
      LENS: '4.4',
    },
  },
  'cotton-tote': {
    ...square,
    objects: ['tote'],
    place: 'p.xz *= turn(-.3); tote(p);',
    look: { FLOOR: 'hex(0xc2a58c)', WALL: 'hex(0xc8ad96)', TARGET: 'vec3(0, .92, 0)', LENS: '4.0' },
  },
  'candied-hawthorn': {
    ...square,
    objects: ['hawthorn'],
    place: 'p.xz *= turn(.55); plate(p); skewers(p);',
    look: {
      FLOOR: 'hex(0xd9d3c6)',
      WALL: 'hex(0xddd8cc)',
      TARGET: 'vec3(.05, .26, .05)',
      EYE: 'vec3(0., 3.1, 5.6)',
      LENS: '4.5',
    },
  },
  'wool-scarf': {
    ...square,
    objects: ['scarf'],
    place: 'p.xz *= turn(-.5); p.x += .1; scarfPile(p);',
    look: {
      FLOOR: 'hex(0xcfc3b4)',
      WALL: 'hex(0xd4c9bb)',
      TARGET: 'vec3(.02, .5, 0)',
      EYE: 'vec3(0., 2.3, 6.4)',
      LENS: '4.3',
    },
  },
  'linen-apron': {
    ...square,
    objects: ['apron'],
    place: 'apron(p - vec3(0, 4., -.6));',
    look: {
      WALL: 'hex(0xc4cdc9)',
      FLOOR: 'hex(0xc4cdc9)',
      WALL_AT: '.6',
      TARGET: 'vec3(0, 4.12, -.4)',
      EYE: 'vec3(0., 4.5, 6.6)',
      LENS: '4.1',
      APRON_COLOUR: 'hex(0xd9c7a6)',
    },
  },
}
