import type { OrderState } from '@kaibo/contract/order'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { stateTones } from './model.ts'

export function StateBadge({ state }: { state: OrderState }) {
  const t = useT()
  return <Badge tone={stateTones[state]}>{t(`orders.state.${state}`)}</Badge>
}
