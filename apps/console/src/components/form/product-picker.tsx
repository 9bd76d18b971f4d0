import type { ProductCard } from '@kaibo/contract/goods/catalog'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Price } from '@kaibo/ui/display/price.tsx'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { SearchBox } from '../list/search-box.tsx'

type ProductPickerProps = {
  open: boolean
  shopId: string
  onClose: () => void
  onPick: (cards: ProductCard[]) => void
  /** At most so many; one press chooses when it is one. */
  max?: number
}

const shownMax = 30

/** Chooses products of the shop by their titles. */
export function ProductPicker({ open, shopId, onClose, onPick, max = 100 }: ProductPickerProps) {
  const t = useT()
  const kit = useT('ui')
  const [picked, setPicked] = useState<readonly ProductCard[]>([])
  const leave = () => {
    setPicked([])
    onClose()
  }
  const use = (cards: readonly ProductCard[]) => {
    onPick([...cards])
    leave()
  }
  const toggle = (card: ProductCard) => {
    const rest = picked.filter(({ id }) => id !== card.id)
    if (max === 1) use([card])
    else if (rest.length < picked.length) setPicked(rest)
    else if (picked.length < max) setPicked([...picked, card])
  }
  return (
    <Modal
      open={open}
      onCancel={leave}
      onOk={() => use(picked)}
      okButtonProps={{ disabled: picked.length === 0, hidden: max === 1 }}
      title={t('picker.title')}
      okText={t('picker.done')}
      cancelText={kit('action.cancel')}
      destroyOnHidden
    >
      <Choice shopId={shopId} picked={picked} onToggle={toggle} />
      {max > 1 && <p className="k-muted">{t('picker.chosen', { count: picked.length })}</p>}
    </Modal>
  )
}

type ChoiceProps = {
  shopId: string
  picked: readonly ProductCard[]
  onToggle: (card: ProductCard) => void
}

function Choice({ shopId, picked, onToggle }: ChoiceProps) {
  const t = useT()
  const sentence = useErrorSentence()
  const [q, setQ] = useState('')
  const { data, error, refetch } = useQueryOf(['picker', shopId, q], () =>
    api.catalog.manageList({ shopId, limit: shownMax, ...(q === '' ? {} : { q }) }),
  )
  return (
    <div className="k-stack">
      <SearchBox label={t('picker.search')} value={q} onSearch={typed => setQ(typed.trim())} />
      {error && !data && <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>}
      {!data && !error && <SkeletonList rows={5} />}
      {data?.items.length === 0 && <p className="k-muted">{t('picker.none')}</p>}
      <div className="picker-list">
        {data?.items.map(card => (
          <Checkbox
            key={card.id}
            checked={picked.some(({ id }) => id === card.id)}
            onChange={() => onToggle(card)}
          >
            <span className="picker-item">
              {card.pictureUrl && <img className="thumb" src={card.pictureUrl} alt="" />}
              <span className="picker-name">{card.title}</span>
              <Price fen={card.priceFromFen} size="s" tone="plain" />
            </span>
          </Checkbox>
        ))}
      </div>
      {data?.next && <p className="k-muted">{t('picker.more')}</p>}
    </div>
  )
}
