import { type JSX, useEffect, useState } from 'react'
import { SelectField } from '../control/field.tsx'
import { useKitT } from '../i18n.ts'
import './region.css'

const fetchRegions = () => import('./regions.ts')
type Regions = Awaited<ReturnType<typeof fetchRegions>>

export type RegionFieldsProps = {
  /** Six digits (GB/T 2260); empty while nothing or only a part is chosen. */
  value: string
  onChange: (code: string) => void
  /** What is wrong, in words. */
  error?: string | undefined
}

/**
 * Province, city and county as three of the system's own selects. The names of the country come
 * when the fields are first shown.
 */
export function RegionFields({ value, onChange, error }: RegionFieldsProps): JSX.Element {
  const t = useKitT()
  const regions = useRegions()
  const [part, setPart] = useState(value)
  // A whole code from outside (an address that was recognised) wins over what is half chosen.
  if (value !== '' && value !== part) setPart(value)
  const choose = (code: string) => {
    const whole = regions ? onlyChild(regions, code) : code
    setPart(whole)
    onChange(isCounty(whole) ? whole : '')
  }
  const chosen = (digits: 2 | 4) =>
    part.length >= digits ? part.slice(0, digits).padEnd(6, '0') : ''
  const levels = [
    { name: 'province', value: chosen(2), list: regions?.provinces() },
    {
      name: 'city',
      value: cityIn(part) ? chosen(4) : '',
      list: part ? regions?.citiesOf(part) : [],
    },
    {
      name: 'county',
      value: isCounty(part) ? part : '',
      list: cityIn(part) ? regions?.countiesOf(part) : [],
    },
  ] as const
  return (
    <fieldset className="k-region">
      <legend className="k-sr">{t('region.title')}</legend>
      {levels.map(level => (
        <SelectField
          key={level.name}
          label={t(`region.${level.name}`)}
          value={level.value}
          options={[
            ...(level.value === '' ? [{ value: '', label: t('region.choose') }] : []),
            ...(level.list ?? []).map(({ code, name }) => ({ value: code, label: name })),
          ]}
          disabled={!level.list || level.list.length === 0}
          error={level.value === '' ? error : undefined}
          onChange={event => choose(event.target.value)}
        />
      ))}
    </fieldset>
  )
}

/** The country, once it is here; a lost network is tried again when the fields are shown anew. */
function useRegions(): Regions | undefined {
  const [regions, setRegions] = useState<Regions>()
  useEffect(() => {
    fetchRegions().then(setRegions, () => {})
  }, [])
  return regions
}

const isCounty = (code: string) => code.length === 6 && !code.endsWith('00')
const cityIn = (code: string) => code.length === 6 && code.slice(2, 4) !== '00'

/** A municipality has one city: choosing the province chooses it, too. */
function onlyChild(regions: Regions, code: string): string {
  if (cityIn(code)) return code
  const cities = regions.citiesOf(code)
  return cities.length === 1 ? (cities[0]?.code ?? code) : code
}
