import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { Tabs } from '@kaibo/ui/control/tabs.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useEffect, useState } from 'react'
import type { Broadcast, BroadcastView } from '../broadcast.ts'
import { slowMs } from '../effects/pace.ts'
import { type EffectSettings, noEffects } from '../effects/settings.ts'
import { useNumbers } from '../use-numbers.ts'
import { BackdropPart } from './backdrop-part.tsx'
import { FilterPart } from './filter-part.tsx'
import { LookPart } from './look-part.tsx'
import './panel.css'
import { WatermarkPart } from './watermark-part.tsx'

export type EffectsPanelProps = {
  broadcast: Broadcast
  view: BroadcastView
  /** Shows the raw picture to the host for as long as the key is held; viewers see no change. */
  onCompare: (isRaw: boolean) => void
  onClose: () => void
}

/** One part of the settings: what it shows, and how it changes them. */
export type PartProps = {
  settings: EffectSettings
  change: (next: Partial<EffectSettings>) => void
}

const parts = ['look', 'filter', 'backdrop', 'watermark'] as const
type Part = (typeof parts)[number]

/** What is made of the picture: below it, so that every change is seen at once. */
export function EffectsPanel({ broadcast, view, onCompare, onClose }: EffectsPanelProps) {
  const t = useT()
  const [part, setPart] = useState<Part>('look')
  const { settings } = view
  const change = (next: Partial<EffectSettings>) => broadcast.setEffects({ ...settings, ...next })
  useEffect(() => {
    void broadcast.loadSupplied()
  }, [broadcast])
  const cost = useNumbers(broadcast).effects
  const isSlow = view.effectTrouble === 'tooSlow' || (cost !== null && cost.msPerFrame > slowMs)
  const tabs = parts.map(id => ({ id, label: t(`effects.${id}.title`) }))
  return (
    <section className="cast-panel" aria-label={t('effects.title')}>
      <header className="cast-panel-head">
        <h2>{t('effects.title')}</h2>
        <Button
          size="s"
          onPointerDown={() => onCompare(true)}
          onPointerUp={() => onCompare(false)}
          onPointerLeave={() => onCompare(false)}
          onKeyDown={event => event.key === ' ' && onCompare(true)}
          onKeyUp={() => onCompare(false)}
        >
          {t('effects.compare')}
        </Button>
        <Button size="s" onClick={() => broadcast.setEffects(noEffects)}>
          {t('effects.reset')}
        </Button>
        <IconButton icon="close" label={t('effects.close')} onClick={onClose} />
      </header>
      {isSlow && (
        <p className="cast-slow" role="status">
          {t(view.effectTrouble ? 'effects.tooSlow' : 'effects.slow')}
        </p>
      )}
      {view.effectTrouble === 'lost' ? (
        <p className="cast-note">{t('effects.none')}</p>
      ) : (
        <Tabs label={t('effects.title')} tabs={tabs} value={part} onChange={setPart}>
          <div className="cast-panel-body">
            {part === 'look' && (
              <LookPart settings={settings} change={change} supplied={view.supplied} />
            )}
            {part === 'filter' && <FilterPart settings={settings} change={change} />}
            {part === 'backdrop' && <BackdropPart settings={settings} change={change} />}
            {part === 'watermark' && <WatermarkPart settings={settings} change={change} />}
          </div>
        </Tabs>
      )}
    </section>
  )
}
