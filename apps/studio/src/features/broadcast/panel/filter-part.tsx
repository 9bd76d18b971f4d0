import { useT } from '@kaibo/ui/i18n.ts'
import { type FilterId, filterIds, filters, graded, type Rgb } from '../effects/filters.ts'
import type { PartProps } from './effects-panel.tsx'
import { Slider } from './slider.tsx'

/** Skin, leaf and sky: what a look does to them is seen before it is chosen. */
const samples = {
  skin: [0.87, 0.66, 0.55],
  leaf: [0.36, 0.55, 0.3],
  sky: [0.45, 0.62, 0.82],
} as const

const css = (colour: Rgb) => `rgb(${colour.map(value => Math.round(value * 255)).join(' ')})`

const swatchOf = (id: FilterId | null) => {
  const shown = (colour: Rgb) => css(id ? graded(colour, filters[id], 1) : colour)
  return {
    '--skin': shown(samples.skin),
    '--leaf': shown(samples.leaf),
    '--sky': shown(samples.sky),
  }
}

/** The looks, and how much of the chosen one. */
export function FilterPart({ settings, change }: PartProps) {
  const t = useT()
  const choices: readonly (FilterId | null)[] = [null, ...filterIds]
  return (
    <>
      <fieldset className="cast-filters" aria-label={t('effects.filter.title')}>
        {choices.map(id => (
          <button
            key={id ?? 'none'}
            type="button"
            aria-pressed={settings.filter === id}
            style={swatchOf(id)}
            onClick={() => change({ filter: id })}
          >
            <i aria-hidden="true" />
            {t(`effects.filter.${id ?? 'none'}`)}
          </button>
        ))}
      </fieldset>
      {settings.filter && (
        <Slider
          label={t('effects.filter.strength')}
          value={settings.filterStrength}
          onChange={filterStrength => change({ filterStrength })}
        />
      )}
    </>
  )
}
