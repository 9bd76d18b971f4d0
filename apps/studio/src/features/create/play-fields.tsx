import {
  type Ladder,
  type LatencyMode,
  ladders,
  latencyModes,
} from '@kaibo/contract/show/live-life'
import { SelectField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'

export type PlayOptions = { latency: LatencyMode; ladder: Ladder }

type PlayFieldsProps = { options: PlayOptions; onChange: (options: PlayOptions) => void }

/** How the room is watched: how far behind, and in how many sizes. */
export function PlayFields({ options, onChange }: PlayFieldsProps) {
  const t = useT()
  const pick = <Option extends string>(known: readonly Option[], value: string) =>
    known.find(option => option === value)
  return (
    <>
      <SelectField
        label={t('create.latency.label')}
        hint={t('create.latency.hint')}
        value={options.latency}
        options={latencyModes.map(value => ({ value, label: t(`create.latency.${value}`) }))}
        onChange={({ target }) =>
          onChange({ ...options, latency: pick(latencyModes, target.value) ?? options.latency })
        }
      />
      <SelectField
        label={t('create.ladder.label')}
        hint={t('create.ladder.hint')}
        value={options.ladder}
        options={ladders.map(value => ({ value, label: t(`create.ladder.${value}`) }))}
        onChange={({ target }) =>
          onChange({ ...options, ladder: pick(ladders, target.value) ?? options.ladder })
        }
      />
    </>
  )
}
