import type { Order } from '@kaibo/contract/trade/order'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { isVirtual, stateTones } from './model.ts'

export function StateBadge({ order }: { order: Order }) {
  const t = useT()
  const { state } = order
  const name = state === 'paid' && isVirtual(order) ? 'paid_virtual' : state
  return <Badge tone={stateTones[state]}>{t(`orders.state.${name}`)}</Badge>
}
