import type { ProductCard } from '@kaibo/contract/goods/catalog'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Modal } from 'antd'
import { useState } from 'react'
import { BulkDialog, type BulkKind } from './bulk-dialog.tsx'
import { movable } from './model.ts'
import { useBulk } from './use-bulk.ts'

type ProductsBulkProps = { cards: readonly ProductCard[]; onDone: () => void }

/** What can be done with every ticked product; refusals are told row by row. */
export function ProductsBulk({ cards, onDone }: ProductsBulkProps) {
  const t = useT()
  const bulk = useBulk(cards, onDone)
  const [kind, setKind] = useState<BulkKind | null>(null)
  return (
    <>
      {(['on_shelf', 'off_shelf'] as const).map(target => (
        <Button
          key={target}
          size="s"
          busy={bulk.busy}
          disabled={movable(cards, target).length === 0}
          onClick={() => bulk.change({ shelf: target }, movable(cards, target))}
        >
          {t(`products.moveAll.${target}`)}
        </Button>
      ))}
      {(['category', 'tags', 'price'] as const).map(each => (
        <Button key={each} size="s" onClick={() => setKind(each)}>
          {t(`products.bulkKind.${each}`)}
        </Button>
      ))}
      <BulkDialog
        kind={kind}
        count={cards.length}
        onClose={() => setKind(null)}
        onChange={change => {
          setKind(null)
          bulk.change(change)
        }}
      />
      <Modal
        open={bulk.refused.length > 0}
        onCancel={bulk.forget}
        onOk={bulk.forget}
        title={t('products.refusedTitle', { count: bulk.refused.length })}
        footer={(_, { OkBtn }) => <OkBtn />}
      >
        <ul className="bulk-refused">
          {bulk.refused.map(({ card, problem }) => (
            <li key={card.id}>
              <b>{card.title}</b>
              <span className="k-muted">{t(`products.refused.${problem.replace('.', '_')}`)}</span>
            </li>
          ))}
        </ul>
      </Modal>
    </>
  )
}
