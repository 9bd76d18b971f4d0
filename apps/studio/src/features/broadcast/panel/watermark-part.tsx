import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useMyShop } from '../../account/my-shop.tsx'
import { corners, type Watermark, watermarkTextMax } from '../effects/settings.ts'
import type { PartProps } from './effects-panel.tsx'
import { PictureInput } from './picture-input.tsx'
import { Slider } from './slider.tsx'

const noMark: Watermark = { text: '', logo: null, corner: 'topRight', strength: 0.8 }

/** Words or a logo in a corner of the picture. */
export function WatermarkPart({ settings, change }: PartProps) {
  const t = useT()
  const shop = useMyShop()
  const mark = settings.watermark ?? noMark
  const set = (next: Partial<Watermark>) => change({ watermark: { ...mark, ...next } })
  return (
    <>
      <TextField
        label={t('effects.watermark.text')}
        placeholder={shop.name}
        value={mark.text}
        maxLength={watermarkTextMax}
        onChange={event => set({ text: event.target.value })}
        after={
          <Button size="s" tone="plain" onClick={() => set({ text: shop.name })}>
            {t('effects.watermark.shopName')}
          </Button>
        }
      />
      <div className="k-row">
        <PictureInput label={t('effects.watermark.logo')} onPicture={logo => set({ logo })} />
        {mark.logo && (
          <Button size="s" onClick={() => set({ logo: null })}>
            {t('effects.watermark.noLogo')}
          </Button>
        )}
      </div>
      <Choices
        label={t('effects.watermark.place')}
        options={corners.map(value => ({ value, label: t(`effects.watermark.${value}`) }))}
        value={mark.corner}
        onChange={corner => set({ corner })}
      />
      <Slider
        label={t('effects.watermark.strength')}
        value={mark.strength}
        onChange={strength => set({ strength })}
      />
    </>
  )
}
