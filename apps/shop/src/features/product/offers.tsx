import type { FullReduction, ProductOffer } from '@kaibo/contract/offer/promotion'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'

/** What makes it cheaper now: the promotions of the product, each with its rule and its end. */
export function Offers({ offers }: { offers: readonly ProductOffer[] }) {
  const t = useT()
  const format = useFormat()
  if (offers.length === 0) return null
  return (
    <ul className="product-offers" aria-label={t('product.offers')}>
      {offers.map(offer => (
        <li key={offer.id}>
          <Badge tone="accent">{t(`price.kind.${offer.rules.kind}`)}</Badge>
          <span className="product-offer-text">
            <Rule offer={offer} />
            <small className="k-muted">
              {t('product.until', { at: format.dateTime(offer.endsAt) })}
            </small>
          </span>
        </li>
      ))}
    </ul>
  )
}

function Rule({ offer }: { offer: ProductOffer }) {
  const t = useT()
  const format = useFormat()
  const { rules, goods, title } = offer
  const goodsTitles = format.list(goods.map(each => each.title))
  switch (rules.kind) {
    case 'limited_discount':
      return <span>{title}</span>
    case 'full_reduction':
      return (
        <span>
          {rules.tiers.map(tier => (
            <TierText key={tier.threshold} rules={rules} tier={tier} goods={goodsTitles} />
          ))}
        </span>
      )
    case 'buy_gift':
      return <span>{t('product.rule.gift', { count: rules.buyCount, goods: goodsTitles })}</span>
    case 'bundle':
      return (
        <span>
          {t('product.rule.bundle', { goods: goodsTitles, price: format.fen(rules.priceFen) })}
        </span>
      )
  }
}

type TierTextProps = { rules: FullReduction; tier: FullReduction['tiers'][number]; goods: string }

function TierText({ rules, tier, goods }: TierTextProps) {
  const t = useT()
  const format = useFormat()
  const { threshold, off, gifts } = tier
  const met =
    rules.by === 'amount'
      ? t('product.rule.amount', { amount: format.fen(threshold) })
      : t('product.rule.count', { count: threshold })
  const what = [
    off && ('fen' in off ? t('product.rule.off', { amount: format.fen(off.fen) }) : ''),
    off && 'bps' in off ? t('product.rule.share', { share: format.basisPoints(off.bps) }) : '',
    gifts.length > 0 ? t('product.rule.gives', { goods }) : '',
  ]
  return (
    <span className="product-tier">
      {t('product.rule.tier', { met, what: what.filter(Boolean).join(' ') })}
    </span>
  )
}
