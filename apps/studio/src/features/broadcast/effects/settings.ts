import { type FilterId, isFilter } from './filters.ts'
import { type Turn, turns } from './port.ts'

export type Backdrop =
  | { readonly kind: 'off' }
  | { readonly kind: 'blur' }
  | { readonly kind: 'picture'; readonly picture: ImageBitmap | null }

/** What the host wants done with the picture; strengths are 0 … 1, and 0 is off. */
export type EffectSettings = {
  readonly smooth: number
  readonly filter: FilterId | null
  readonly filterStrength: number
  readonly mirror: boolean
  readonly backdrop: Backdrop
  /** Which colour counts as the screen, as hue in degrees: 120 is green, 220 blue. */
  readonly keyHue: number
  /** How far from that colour still counts. */
  readonly keyRange: number
  readonly watermark: Watermark | null
  /** Strengths of effects that the operator supplied. */
  readonly supplied: Readonly<Record<string, number>>
}

export type Corner = 'topLeft' | 'topRight' | 'bottomLeft' | 'bottomRight'
export type Watermark = {
  readonly text: string
  readonly logo: ImageBitmap | null
  readonly corner: Corner
  readonly strength: number
}

export const noEffects: EffectSettings = {
  smooth: 0,
  filter: null,
  filterStrength: 0.7,
  mirror: false,
  backdrop: { kind: 'off' },
  keyHue: 120,
  keyRange: 0.4,
  watermark: null,
  supplied: {},
}

export const watermarkTextMax = 24

/** One effect that has its turn. */
export type Step = { readonly id: string; readonly turn: Turn; readonly strength: number }

/** What is known of an effect that the operator supplied, to give it its turn. */
export type SuppliedTurn = { readonly id: string; readonly turn: Turn }

/**
 * The effects that run, in the order of their turns: backdrop, face, colour, frame, overlay. A
 * screen shows things, no person: it takes the watermark alone.
 */
export function stepsOf(
  settings: EffectSettings,
  { isScreen, supplied }: { isScreen: boolean; supplied: readonly SuppliedTurn[] },
): Step[] {
  const { watermark } = settings
  const mark = watermark && (watermark.text.trim() !== '' || watermark.logo) ? watermark : null
  const all: Step[] = [
    { id: 'backdrop', turn: 'backdrop', strength: settings.backdrop.kind === 'off' ? 0 : 1 },
    { id: 'smooth', turn: 'face', strength: settings.smooth },
    { id: 'filter', turn: 'colour', strength: settings.filter ? settings.filterStrength : 0 },
    { id: 'mirror', turn: 'frame', strength: settings.mirror ? 1 : 0 },
    { id: 'watermark', turn: 'overlay', strength: mark?.strength ?? 0 },
    ...supplied.map(({ id, turn }) => ({ id, turn, strength: settings.supplied[id] ?? 0 })),
  ]
  return all
    .filter(({ turn, strength }) => strength > 0 && (!isScreen || turn === 'overlay'))
    .toSorted((a, b) => turns.indexOf(a.turn) - turns.indexOf(b.turn))
}

/** Settings as they are kept between visits: pictures stay where they came from. */
export const settingsToText = ({ backdrop, watermark, ...rest }: EffectSettings): string =>
  JSON.stringify({
    ...rest,
    backdrop: backdrop.kind === 'blur' ? backdrop : { kind: 'off' },
    watermark: watermark && { ...watermark, logo: null },
  })

/** What was kept, as far as it still means something. */
export function settingsFromText(text: string | null): EffectSettings {
  const kept = parsed(text)
  const filter = kept.get('filter')
  const backdrop = new Map(Object.entries(Object(kept.get('backdrop'))))
  const supplied = Object.entries(Object(kept.get('supplied')))
  return {
    smooth: part(kept.get('smooth'), 0),
    filter: isFilter(filter) ? filter : null,
    filterStrength: part(kept.get('filterStrength'), noEffects.filterStrength),
    mirror: kept.get('mirror') === true,
    backdrop: backdrop.get('kind') === 'blur' ? { kind: 'blur' } : { kind: 'off' },
    keyHue: kept.get('keyHue') === 220 ? 220 : 120,
    keyRange: part(kept.get('keyRange'), noEffects.keyRange),
    watermark: watermarkFrom(kept.get('watermark')),
    supplied: Object.fromEntries(supplied.map(([id, strength]) => [id, part(strength, 0)])),
  }
}

function watermarkFrom(kept: unknown): Watermark | null {
  const fields = new Map(Object.entries(Object(kept)))
  const text = fields.get('text')
  if (typeof text !== 'string') return null
  const corner = corners.find(known => known === fields.get('corner')) ?? 'topRight'
  return {
    text: text.slice(0, watermarkTextMax),
    logo: null,
    corner,
    strength: part(fields.get('strength'), 0.8),
  }
}

export const corners = [
  'topLeft',
  'topRight',
  'bottomLeft',
  'bottomRight',
] as const satisfies readonly Corner[]

const part = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : otherwise

function parsed(text: string | null): Map<string, unknown> {
  try {
    return new Map(Object.entries(Object(JSON.parse(text ?? '{}'))))
  } catch {
    return new Map()
  }
}
