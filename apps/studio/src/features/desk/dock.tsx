import { Tabs } from '@kaibo/ui/control/tabs.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { lazy, Suspense, useState } from 'react'
import type { MyShop } from '../account/model.ts'
import type { Show } from '../sessions/model.ts'
import type { Desk } from './use-desk.ts'

const NumbersPanel = lazy(async () => ({
  default: (await import('../insight/numbers-panel.tsx')).NumbersPanel,
}))
const PollsPanel = lazy(async () => ({
  default: (await import('../polls/polls-panel.tsx')).PollsPanel,
}))
const StoriesPanel = lazy(async () => ({
  default: (await import('../stories/stories-panel.tsx')).StoriesPanel,
}))
const PricesPanel = lazy(async () => ({
  default: (await import('../prices/prices-panel.tsx')).PricesPanel,
}))

type Tool = 'numbers' | 'polls' | 'stories' | 'prices'
type DockProps = { shop: MyShop; show: Show; desk: Desk; isLocked: boolean }

/** The tools of the show below the picture; each is loaded when it is first opened. */
export function Dock({ shop, show, desk, isLocked }: DockProps) {
  const t = useT()
  const [tool, setTool] = useState<Tool>('numbers')
  const tools = (['numbers', 'polls', 'stories', 'prices'] as const).map(id => ({
    id,
    label: t(`dock.${id}`),
  }))
  const room = { shop, liveId: show.id, isLocked }
  return (
    <section className="desk-panel dock" aria-label={t('dock.title')}>
      <Tabs label={t('dock.title')} tabs={tools} value={tool} onChange={setTool}>
        <Suspense fallback={<SkeletonList rows={2} />}>
          {tool === 'numbers' && <NumbersPanel insight={desk.insight} />}
          {tool === 'polls' && <PollsPanel {...room} />}
          {tool === 'stories' && <StoriesPanel {...room} />}
          {tool === 'prices' && <PricesPanel {...room} prices={desk.prices} />}
        </Suspense>
      </Tabs>
    </section>
  )
}
