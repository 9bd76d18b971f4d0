import type { Promotion, PromotionKind } from '@kaibo/contract/offer/promotion'
import { newId } from '@kaibo/kernel/ids'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { type ReactNode, useState } from 'react'
import { WindowFields } from '../../components/form/fields.tsx'
import { FormDrawer } from '../../components/form/form-drawer.tsx'
import { useDraft } from '../../components/form/use-draft.ts'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { useMyShop } from '../account/workplace.tsx'
import { copyOf, type Draft, draftOf, emptyDraft } from './draft.ts'
import { KindFields, useProblem } from './kind-fields.tsx'
import { type Problems, planOf } from './plan.ts'
import { PromotionActions } from './promotion-actions.tsx'
import { usePromotion, useSavePromotion } from './use-promotions.ts'

/** What the drawer is about: a new promotion, one more like another, or one that is there. */
export type Opened =
  | { as: 'new'; kind: PromotionKind }
  | { as: 'copy'; id: string }
  | { as: 'one'; id: string }

type DrawerProps = {
  opened: Opened | null
  onOpen: (opened: Opened) => void
  onClose: () => void
}

export function PromotionDrawer({ opened, onOpen, onClose }: DrawerProps) {
  if (!opened) return null
  if (opened.as === 'new')
    return <NewPromotion key={opened.kind} kind={opened.kind} onClose={onClose} />
  return <KnownPromotion key={`${opened.as} ${opened.id}`} {...{ opened, onOpen, onClose }} />
}

function NewPromotion({ kind, onClose }: { kind: PromotionKind; onClose: () => void }) {
  const [id] = useState(newId)
  const [draft] = useState(() => emptyDraft(kind, new Date()))
  return <PromotionForm id={id} draft={draft} known={null} onClose={onClose} />
}

type KnownProps = Omit<DrawerProps, 'opened'> & { opened: Exclude<Opened, { as: 'new' }> }

function KnownPromotion({ opened, onOpen, onClose }: KnownProps) {
  const t = useT()
  const sentence = useErrorSentence()
  const shop = useMyShop()
  const [newlyId] = useState(newId)
  const { data, error, refetch } = usePromotion(shop.id, opened.id)
  if (!data)
    return (
      <SideDrawer open onClose={onClose} title={t('promotions.title')}>
        {error ? (
          <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>
        ) : (
          <SkeletonList rows={6} />
        )}
      </SideDrawer>
    )
  const { promotion } = data
  if (opened.as === 'copy')
    return (
      <PromotionForm id={newlyId} draft={copyOf(promotion, data)} known={null} onClose={onClose} />
    )
  return (
    <PromotionForm
      id={promotion.id}
      draft={draftOf(promotion, data)}
      known={promotion}
      onClose={onClose}
      actions={
        <PromotionActions
          promotion={promotion}
          onCopy={() => onOpen({ as: 'copy', id: promotion.id })}
          onClose={onClose}
        />
      }
    />
  )
}

type FormProps = {
  id: string
  draft: Draft
  /** Null while it was never saved. */
  known: Promotion | null
  onClose: () => void
  actions?: ReactNode
}

function PromotionForm({ id, draft: first, known, onClose, actions }: FormProps) {
  const t = useT()
  const shop = useMyShop()
  const { draft, problems, change, read } = useDraft<Draft, Problems>(() => first)
  const isDraft = known === null || known.state === 'draft'
  const [isPublished, setPublished] = useState(known === null)
  const problem = useProblem(problems)
  const save = useSavePromotion({ shopId: shop.id, id }, () => {
    toast.success(t('promotions.saved'))
    onClose()
  })
  const submit = () => {
    const made = read(planOf)
    if (made) save.run({ ...made, isNew: known === null, isPublished })
  }
  return (
    <FormDrawer
      open
      onClose={onClose}
      title={t(`promotions.kind.${draft.kind}`)}
      submitLabel={t(isDraft && isPublished ? 'promotions.publish' : 'promotions.save')}
      busy={save.busy}
      locked={known?.state === 'running' || known?.state === 'ended'}
      onSubmit={submit}
      above={actions}
    >
      <TextField
        label={t('promotions.name')}
        hint={t('promotions.nameHint')}
        maxLength={30}
        value={draft.title}
        error={problem('title')}
        onChange={event => change({ title: event.target.value })}
      />
      <WindowFields {...draft} error={problem('window')} onChange={change} />
      <KindFields draft={draft} problems={problems} onChange={change} />
      {isDraft && (
        <Switch
          label={t('promotions.publish')}
          hint={t('promotions.publishHint')}
          checked={isPublished}
          onChange={setPublished}
        />
      )}
    </FormDrawer>
  )
}
