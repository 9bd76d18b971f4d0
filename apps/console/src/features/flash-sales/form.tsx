import { newId } from '@kaibo/kernel/ids'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { CountField, MoneyField, WindowFields } from '../../components/form/fields.tsx'
import { FormDrawer } from '../../components/form/form-drawer.tsx'
import { ProductPicker } from '../../components/form/product-picker.tsx'
import { useDraft } from '../../components/form/use-draft.ts'
import { useMyShop } from '../account/workplace.tsx'
import {
  type Draft,
  emptyDraft,
  type ItemDraft,
  itemOf,
  type Problems,
  planOf,
  salesKey,
  withProduct,
} from './model.ts'

type SaleFormProps = {
  open: boolean
  onClose: () => void
  draft: Draft | undefined
  /** The sale that is planned anew; else a new one. */
  saleId: string | undefined
}

/** Plans a flash sale. Quotas leave the shelf when it starts, which the form says. */
export function SaleForm({ open, onClose, draft: given, saleId }: SaleFormProps) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const [id, setId] = useState(() => saleId ?? newId())
  const { draft, problems, change, reset, read } = useDraft<Draft, Problems>(
    () => given ?? emptyDraft(new Date()),
  )
  const save = useActionOf(
    (plan: Parameters<typeof api.flashsale.update>[0]) =>
      saleId ? api.flashsale.update(plan) : api.flashsale.create(plan),
    {
      refresh: [salesKey(shopId)],
      onDone: () => {
        toast.success(t('flash.saved'))
        if (!saleId) {
          reset(emptyDraft(new Date()))
          setId(newId())
        }
        onClose()
      },
    },
  )
  const submit = () => {
    const made = read(planOf)
    if (made) save.run({ shopId, id, ...made.plan })
  }
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={t(saleId ? 'flash.edit' : 'flash.new')}
      submitLabel={t('flash.save')}
      busy={save.busy}
      onSubmit={submit}
    >
      <TextField
        label={t('flash.field.title')}
        placeholder={t('flash.field.titleExample')}
        maxLength={30}
        value={draft.title}
        error={problems.title ? t('flash.problem.title') : undefined}
        onChange={event => change({ title: event.target.value })}
      />
      <WindowFields
        startsText={draft.startsText}
        endsText={draft.endsText}
        error={problems.window ? t('flash.problem.window') : undefined}
        onChange={change}
      />
      <Choices
        label={t('flash.field.channel')}
        options={(['everywhere', 'live'] as const).map(value => ({
          value,
          label: t(`flash.channel.${value}`),
        }))}
        value={draft.channel}
        onChange={channel => change({ channel })}
      />
      <Items
        items={draft.items}
        isWrong={problems.items === true}
        onChange={items => change({ items })}
      />
    </FormDrawer>
  )
}

type ItemsProps = {
  items: readonly ItemDraft[]
  isWrong: boolean
  onChange: (items: readonly ItemDraft[]) => void
}

function Items({ items, isWrong, onChange }: ItemsProps) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const [isPicking, setPicking] = useState(false)
  const add = useActionOf(
    (ids: readonly string[]) => Promise.all(ids.map(id => api.catalog.manageView({ shopId, id }))),
    { onDone: products => onChange(products.reduce<readonly ItemDraft[]>(withProduct, items)) },
  )
  return (
    <section className="k-stack" aria-label={t('flash.field.items')}>
      <div className="sale-items-head">
        <h3>{t('flash.field.items')}</h3>
        <Button size="s" icon="plus" busy={add.busy} onClick={() => setPicking(true)}>
          {t('flash.field.pick')}
        </Button>
      </div>
      <p className={isWrong ? 'sale-warning' : 'k-muted'} role={isWrong ? 'alert' : undefined}>
        {t(isWrong ? 'flash.problem.items' : 'flash.field.itemsHint')}
      </p>
      {items.map((item, at) => (
        <ItemRow
          key={item.skuId}
          item={item}
          isWrong={isWrong && itemOf(item) === null}
          onChange={next => onChange(items.with(at, next))}
          onRemove={() => onChange(items.toSpliced(at, 1))}
        />
      ))}
      <ProductPicker
        open={isPicking}
        shopId={shopId}
        max={10}
        onClose={() => setPicking(false)}
        onPick={cards => add.run(cards.map(card => card.id))}
      />
    </section>
  )
}

type ItemRowProps = {
  item: ItemDraft
  isWrong: boolean
  onChange: (item: ItemDraft) => void
  onRemove: () => void
}

function ItemRow({ item, isWrong, onChange, onRemove }: ItemRowProps) {
  const t = useT()
  const format = useFormat()
  const { available } = item
  return (
    <div className="sale-row" data-wrong={isWrong || undefined}>
      <div className="sale-row-head">
        {item.pictureUrl ? (
          <img className="thumb" src={item.pictureUrl} alt="" />
        ) : (
          <span className="thumb" />
        )}
        <div className="sale-item-text">
          <strong className="k-clamp">{item.title}</strong>
          <span className="k-muted">
            {item.specText} {format.fen(item.listPriceFen)}
            {available !== null && <> · {t('flash.onShelf', { count: available })}</>}
          </span>
        </div>
        <IconButton icon="close" label={t('flash.field.remove')} onClick={onRemove} />
      </div>
      <div className="sale-row-fields">
        <MoneyField
          label={t('flash.field.price')}
          value={item.priceText}
          onChange={priceText => onChange({ ...item, priceText })}
        />
        <CountField
          label={t('flash.field.quota')}
          value={item.quotaText}
          onChange={quotaText => onChange({ ...item, quotaText })}
        />
        <CountField
          label={t('flash.field.limit')}
          optional
          value={item.limitText}
          onChange={limitText => onChange({ ...item, limitText })}
        />
      </div>
    </div>
  )
}
