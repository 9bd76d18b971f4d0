import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { netLevelOf } from '../publish/numbers.ts'
import type { Numbers } from '../use-numbers.ts'
import { Glyph } from './glyph.tsx'

type NetBadgeProps = { numbers: Numbers; onPress: () => void }

/** How well the show leaves this device: a word and the bitrate; pressed, all the numbers. */
export function NetBadge({ numbers: { sent }, onPress }: NetBadgeProps) {
  const t = useT()
  const format = useFormat()
  const level = netLevelOf(sent)
  return (
    <button
      type="button"
      className="cast-net k-num"
      data-level={level}
      aria-label={t('broadcast.net.open', { level: t(`broadcast.net.${level}`) })}
      onClick={onPress}
    >
      <Glyph name="signal" />
      <span>{t(`broadcast.net.${level}`)}</span>
      {sent && sent.bitrateKbps > 0 && (
        <b>
          {format.number(sent.bitrateKbps)} kbps
          {sent.widthPx > 0 && ` · ${Math.min(sent.widthPx, sent.heightPx)}p`}
        </b>
      )}
    </button>
  )
}
