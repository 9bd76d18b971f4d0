import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import type { SuppliedEffect } from '../effects/port.ts'
import type { PartProps } from './effects-panel.tsx'
import { Slider } from './slider.tsx'

/** Skin, the mirror, and what the operator of this platform added. */
export function LookPart(props: PartProps & { supplied: readonly SuppliedEffect[] }) {
  const { settings, change, supplied } = props
  const t = useT()
  const [language] = useLanguage()
  return (
    <>
      <Slider
        label={t('effects.look.smooth')}
        value={settings.smooth}
        onChange={smooth => change({ smooth })}
      />
      {supplied.map(({ id, name, licence }) => (
        <div key={id} title={licence}>
          <Slider
            label={name[language]}
            value={settings.supplied[id] ?? 0}
            onChange={strength => change({ supplied: { ...settings.supplied, [id]: strength } })}
          />
        </div>
      ))}
      <Switch
        label={t('effects.look.mirror')}
        hint={t('effects.look.mirrorHint')}
        checked={settings.mirror}
        onChange={mirror => change({ mirror })}
      />
    </>
  )
}
