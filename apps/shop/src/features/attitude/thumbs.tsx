import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import './attitude.css'
import { sides } from './model.ts'
import { useAttitude } from './use-attitude.ts'

/** Thumbs up, with how many, and down: over the picture. */
export function Thumbs({ liveId }: { liveId: string }) {
  const t = useT()
  const format = useFormat()
  const { view, press } = useAttitude(liveId)
  if (!view) return null
  return (
    <fieldset className="thumbs" aria-label={t('attitude.title')}>
      {sides.map(side => (
        <button
          key={side}
          type="button"
          data-side={side}
          aria-pressed={view.mine === side}
          aria-label={t(`attitude.${side}`, { count: view.upCount })}
          onClick={() => press(side)}
        >
          <Icon name="thumb" />
          {side === 'up' && view.upCount > 0 && (
            <span className="k-num">{format.count(view.upCount)}</span>
          )}
        </button>
      ))}
    </fieldset>
  )
}
