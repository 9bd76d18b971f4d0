import { Button } from '@kaibo/ui/control/button.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import type { Refusal } from './ask.ts'
import { type Draft, without } from './draft.ts'

type BlockedProps = { draft: Draft; refusal: Refusal; onDraft: (draft: Draft | null) => void }

/** Some goods cannot be bought: says which and why, and goes on without them. */
export function Blocked({ draft, refusal, onDraft }: BlockedProps) {
  const t = useT()
  const format = useFormat()
  const blocked = draft.lines.filter(line => refusal.skuIds.includes(line.skuId))
  const left = without(draft, refusal.skuIds)
  return (
    <Empty
      icon="warning"
      title={refusal.sentence}
      action={
        <Button tone={left ? 'primary' : 'quiet'} onClick={() => onDraft(left)}>
          {t(left ? 'checkout.goOn' : 'checkout.leave')}
        </Button>
      }
    >
      {format.list(new Set(blocked.map(line => line.title)))}
    </Empty>
  )
}
