import '@kaibo/ui/control/button.css'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import type { ChangeEvent } from 'react'

/** Larger pictures are of no use in a stream, and cost a phone its memory. */
const sidePxMax = 1_920

type PictureInputProps = { label: string; onPicture: (picture: ImageBitmap) => void }

/** A picture of this device. It is drawn into the stream and goes nowhere else. */
export function PictureInput({ label, onPicture }: PictureInputProps) {
  const t = useT()
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    target.value = ''
    if (!file) return
    try {
      onPicture(await pictureOf(file))
    } catch {
      toast.error(t('effects.badPicture'))
    }
  }
  return (
    <label className="k-button cast-picture" data-tone="quiet" data-size="s">
      <Icon name="image" />
      {label}
      <input type="file" accept="image/*" className="k-sr" onChange={event => void choose(event)} />
    </label>
  )
}

async function pictureOf(file: File): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file)
  const scale = Math.min(1, sidePxMax / Math.max(whole.width, whole.height))
  if (scale === 1) return whole
  const resizeWidth = Math.round(whole.width * scale)
  return createImageBitmap(whole, { resizeWidth, resizeQuality: 'high' })
}
