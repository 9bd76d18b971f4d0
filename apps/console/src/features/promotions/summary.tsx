import type { Promotion, PromotionRules, PromotionState } from '@kaibo/contract/offer/promotion'
import { Badge, type BadgeTone } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'

const tones: Readonly<Record<PromotionState, BadgeTone>> = {
  draft: 'plain',
  scheduled: 'info',
  running: 'success',
  ended: 'plain',
}

export function PromotionBadge({ state }: Pick<Promotion, 'state'>) {
  const t = useT()
  return <Badge tone={tones[state]}>{t(`promotions.state.${state}`)}</Badge>
}

type Tier = Extract<PromotionRules, { kind: 'full_reduction' }>['tiers'][number]

/** What a promotion gives, in a line. */
export function useSummary(): (rules: PromotionRules) => string {
  const t = useT()
  const format = useFormat()
  const tierText = (by: 'amount' | 'count', { threshold, off, gifts }: Tier) => {
    const from =
      by === 'amount' ? format.fen(threshold) : t('promotions.pieces', { count: threshold })
    const taken = off && ('fen' in off ? format.fen(off.fen) : format.basisPoints(off.bps))
    return [
      ...(taken ? [t('promotions.sum.takes', { from, taken })] : []),
      ...(gifts.length > 0 ? [t('promotions.sum.gives', { from })] : []),
    ].join(t('promotions.sum.and'))
  }
  return rules => {
    switch (rules.kind) {
      case 'limited_discount':
        return [
          ...(rules.items.length > 0
            ? [t('promotions.sum.prices', { count: rules.items.length })]
            : []),
          ...(rules.share
            ? [t('promotions.sum.share', { taken: format.basisPoints(rules.share.offBps) })]
            : []),
        ].join(t('promotions.sum.and'))
      case 'full_reduction':
        return rules.tiers.map(tier => tierText(rules.by, tier)).join(t('promotions.sum.and'))
      case 'buy_gift':
        return t('promotions.sum.buyGift', { count: rules.buyCount })
      case 'bundle':
        return t('promotions.sum.bundle', {
          count: rules.items.length,
          price: format.fen(rules.priceFen),
        })
    }
  }
}
