import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import type { PartProps } from './effects-panel.tsx'
import { PictureInput } from './picture-input.tsx'
import { Slider } from './slider.tsx'

const kinds = ['off', 'blur', 'picture'] as const

/** What stands in place of a green or blue cloth. */
export function BackdropPart({ settings, change }: PartProps) {
  const t = useT()
  const { backdrop, keyHue, keyRange } = settings
  return (
    <>
      <Choices
        label={t('effects.backdrop.kind')}
        options={kinds.map(value => ({ value, label: t(`effects.backdrop.${value}`) }))}
        value={backdrop.kind}
        onChange={kind =>
          change({ backdrop: kind === 'picture' ? { kind, picture: null } : { kind } })
        }
      />
      {backdrop.kind === 'picture' && (
        <PictureInput
          label={t('effects.backdrop.choose')}
          onPicture={picture => change({ backdrop: { kind: 'picture', picture } })}
        />
      )}
      {backdrop.kind !== 'off' && (
        <>
          <Choices
            label={t('effects.backdrop.cloth')}
            options={[
              { value: '120', label: t('effects.backdrop.green') },
              { value: '220', label: t('effects.backdrop.blue') },
            ]}
            value={String(keyHue)}
            onChange={hue => change({ keyHue: Number(hue) })}
          />
          <Slider
            label={t('effects.backdrop.range')}
            value={keyRange}
            onChange={range => change({ keyRange: range })}
          />
        </>
      )}
      <p className="k-muted cast-panel-hint">{t('effects.backdrop.hint')}</p>
    </>
  )
}
