/** Flat pictures: the shop's sign and six friendly faces made of simple shapes. */

type Face = {
  readonly ground: readonly [string, string]
  readonly skin: string
  readonly hair: string
  readonly cloth: string
  /** Behind and before the head, drawn in the hair colour on a 128 × 128 sheet. */
  readonly back: string
  readonly front: string
  readonly extra?: string
}

const fringe = 'M34 58c0-22 13-34 30-34s30 12 30 34c-6-12-16-17-30-17s-24 5-30 17Z'
const parting = 'M33 62c-1-24 12-39 31-39s32 15 31 39c-4-15-13-22-26-23-11 8-24 12-36 23Z'

const FACES: readonly Face[] = [
  {
    ground: ['#f3d9b1', '#e7b98a'],
    skin: '#f0c4a2',
    hair: '#2f2522',
    cloth: '#4c6b57',
    back: '<circle cx="64" cy="20" r="13"/><circle cx="64" cy="52" r="33"/>',
    front: `<path d="${parting}"/>`,
    extra: '<path d="M46 25 86 15" stroke="#c24a32" stroke-width="4" stroke-linecap="round"/>',
  },
  {
    ground: ['#cfe0d2', '#8fb5a2'],
    skin: '#f3cdb0',
    hair: '#5a3a26',
    cloth: '#e5a13c',
    back: '<path d="M30 56c0-22 14-36 34-36s34 14 34 36v28c0 8-6 12-12 12H42c-6 0-12-4-12-12Z"/>',
    front: `<path d="${fringe}"/>`,
  },
  {
    ground: ['#d9d4ea', '#9d95c4'],
    skin: '#e3ae86',
    hair: '#33303d',
    cloth: '#b4523a',
    back: '<circle cx="64" cy="50" r="33"/>',
    front:
      '<path d="M31 56c-2-24 13-38 34-38 20 0 33 14 31 38-3-8-8-12-12-13-9 3-34 4-42-1-5 3-9 8-11 14Z"/>',
    extra:
      '<g fill="none" stroke="#33303d" stroke-width="2.6"><circle cx="52" cy="62" r="9"/><circle cx="77" cy="62" r="9"/><path d="M61 61q3.5-2 7 0"/></g>',
  },
  {
    ground: ['#fbdcd3', '#ee9f8c'],
    skin: '#f6d5bf',
    hair: '#7a3b2c',
    cloth: '#5c7fa0',
    back: '<circle cx="33" cy="38" r="14"/><circle cx="95" cy="38" r="14"/><circle cx="64" cy="52" r="32"/>',
    front: `<path d="${parting}" transform="matrix(-1 0 0 1 128 0)"/>`,
  },
  {
    ground: ['#cfe3ee', '#86aec6'],
    skin: '#d9a179',
    hair: '#26323a',
    cloth: '#efe6d3',
    back: '<circle cx="64" cy="54" r="32"/>',
    front:
      '<path d="M28 50c0-20 15-33 36-33s36 13 36 33l-4 3c-20-7-44-7-64 0Z" fill="#c9573c"/><path d="M26 52q38-14 76 0" fill="none" stroke="#a8432d" stroke-width="6" stroke-linecap="round"/>',
  },
  {
    ground: ['#f4e7b9', '#dcbd63'],
    skin: '#f1c7a4',
    hair: '#d9d2c8',
    cloth: '#6b5a86',
    back: '<circle cx="64" cy="52" r="33"/><circle cx="38" cy="34" r="13"/><circle cx="64" cy="24" r="15"/><circle cx="90" cy="34" r="13"/>',
    front: `<path d="${fringe}"/>`,
  },
]

const faceSvg = (face: Face, at: number): string => `
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128" width="128" height="128">
  <defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="${face.ground[0]}"/><stop offset="1" stop-color="${face.ground[1]}"/></linearGradient></defs>
  <rect width="128" height="128" fill="url(#g)"/>
  <g fill="${face.hair}">${face.back}</g>
  <path d="M16 132c0-26 20-36 48-36s48 10 48 36Z" fill="${face.cloth}"/>
  <path d="M53 84h22v14a11 9 0 0 1-22 0Z" fill="${face.skin}" style="filter:brightness(.9)"/>
  <ellipse cx="64" cy="62" rx="28" ry="31" fill="${face.skin}"/>
  <g fill="#ea7f66" opacity=".4"><circle cx="46" cy="73" r="6"/><circle cx="82" cy="73" r="6"/></g>
  <g fill="#3a2722">${
    at % 3 === 1
      ? '<path d="M47 63q5-7 10 0M71 63q5-7 10 0" fill="none" stroke="#3a2722" stroke-width="3.2" stroke-linecap="round"/>'
      : '<circle cx="52" cy="62" r="3.6"/><circle cx="76" cy="62" r="3.6"/>'
  }</g>
  <path d="M57 77q7 ${6 + (at % 2) * 3} 14 0" fill="none" stroke="#9c3f33" stroke-width="3.2" stroke-linecap="round"/>
  <g fill="${face.hair}">${face.front}</g>${face.extra ?? ''}
</svg>`

/** SVG of each avatar, in file order. */
export const avatars: readonly string[] = FACES.map(faceSvg)

/** Hills, mist and a low sun inside a tea bowl: the sign of the demo shop. */
export const shopLogo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" width="256" height="256">
  <defs>
    <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#fbf0dc"/><stop offset="1" stop-color="#f1d9b2"/></linearGradient>
    <clipPath id="bowl"><path d="M38 92h180c0 72-38 118-90 118S38 164 38 92Z"/></clipPath>
  </defs>
  <rect width="256" height="256" fill="#2f4a42"/>
  <g fill="none" stroke="#f1d9b2" stroke-width="9" stroke-linecap="round">
    <path d="M100 70c-12-12 12-18 0-32M128 70c-12-14 12-22 0-38M156 70c-12-12 12-18 0-32"/>
  </g>
  <g clip-path="url(#bowl)">
    <rect x="30" y="90" width="196" height="124" fill="url(#sky)"/>
    <circle cx="160" cy="122" r="19" fill="#d9573a"/>
    <path d="M20 176 82 112l36 36 20-18 90 70v20H20Z" fill="#8fb09a"/>
    <path d="M20 196c40-30 70-34 104-14s70 10 110-8v50H20Z" fill="#4f7a66"/>
    <path d="M44 166h62M124 158h70M70 182h54" stroke="#fbf0dc" stroke-width="5" stroke-linecap="round" opacity=".85"/>
  </g>
  <path d="M96 222h64" stroke="#f1d9b2" stroke-width="11" stroke-linecap="round"/>
</svg>
`
