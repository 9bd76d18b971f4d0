import type { OwnProduct } from '@kaibo/contract/goods/catalog'
import { newId } from '@kaibo/kernel/ids'
import { TextareaField, TextField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { type ReactNode, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useWorkplace } from '../account/workplace.tsx'
import { fileIdsOf } from '../pictures/model.ts'
import { PicturesField } from '../pictures/pictures-field.tsx'
import { usePictures } from '../pictures/use-pictures.ts'
import { DetailField } from './detail/detail-field.tsx'
import { ClassifyFields } from './fields/classify-fields.tsx'
import { FormFoot } from './fields/form-foot.tsx'
import { Notices } from './fields/notices.tsx'
import { ScheduleFields, TermsFields } from './fields/terms-fields.tsx'
import { useVideo } from './fields/use-video.ts'
import { VideoField } from './fields/video-field.tsx'
import {
  checkForm,
  emptyForm,
  formOf,
  lengthMax,
  type ProductForm,
  pictureCountMax,
} from './form-model.ts'
import { Preview } from './preview/preview.tsx'
import { SkuTable } from './sku-table.tsx'
import { SpecEditor } from './spec-editor.tsx'
import { type SkuMatrix, withSpecs } from './spec-model.ts'
import { useLeaveGuard } from './use-leave-guard.ts'
import { type Follow, useSaveProduct } from './use-save-product.ts'

type ProductFormProps = { product: OwnProduct | null; onReload: () => void }

/** The form of a product, new or not: everything that its page shows, and how it is sold. */
export function ProductFormView({ product, onReload }: ProductFormProps) {
  const t = useT()
  const { can } = useWorkplace()
  const edit = useProductForm(product)
  const { form, pictures, video } = edit
  const canManage = can('catalog.manage')
  return (
    <form
      ref={edit.element}
      className="product-form"
      onSubmit={event => {
        event.preventDefault()
        edit.submit('asIs')
      }}
    >
      {product && <Notices product={product} />}
      <Fields product={product} edit={edit} canManage={canManage} />
      {canManage && (
        <FormFoot
          product={product}
          busy={edit.busy}
          onPreview={() => edit.setPreviewed(true)}
          onFollow={edit.submit}
        />
      )}
      <Preview
        open={edit.isPreviewed}
        onClose={() => edit.setPreviewed(false)}
        form={form}
        pictureUrls={pictures.list.map(({ url }) => url)}
        videoUrl={video.url}
      />
      <Dialog
        open={edit.isStale}
        onClose={() => edit.setStale(false)}
        onConfirm={onReload}
        title={t('product.changedTitle')}
        confirmLabel={t('product.changedReload')}
        tone="danger"
      >
        {t('product.changedBody')}
      </Dialog>
    </form>
  )
}

type FieldsProps = {
  product: OwnProduct | null
  edit: ReturnType<typeof useProductForm>
  canManage: boolean
}

function Fields({ product, edit, canManage }: FieldsProps) {
  const t = useT()
  const { form, change, problem, pictures, video } = edit
  const changeMatrix = (matrix: SkuMatrix) => change({ matrix })
  return (
    <fieldset className="product-fields" disabled={!canManage}>
      <Section title={t('product.basics')}>
        <TextFields form={form} onChange={change} error={problem('title')} />
        <PicturesField
          label={t('product.pictures')}
          hint={t('product.picturesHint', { count: pictureCountMax })}
          pictures={pictures}
          error={problem('pictures')}
        />
        <VideoField video={video} />
        <ClassifyFields product={product} form={form} onChange={change} />
      </Section>
      <Section title={t('product.specs')} hint={t('product.specsHint')}>
        <SpecEditor
          specs={form.matrix.specs}
          onChange={specs => changeMatrix(withSpecs(form.matrix, specs, newId))}
          error={problem('specs')}
        />
        <SkuTable
          matrix={form.matrix}
          onChange={changeMatrix}
          problem={problem}
          strikeSource={form.strikeSource}
          onStrikeSource={strikeSource => change({ strikeSource })}
        />
      </Section>
      <Section title={t('product.detail')} hint={t('product.detailHint')}>
        <DetailField
          html={form.detail}
          onChange={detail => change({ detail })}
          disabled={!canManage}
        />
      </Section>
      <Section title={t('product.terms')}>
        <TermsFields form={form} onChange={change} problem={problem} />
      </Section>
      <Section title={t('product.schedule')} hint={t('product.scheduleHint')}>
        <ScheduleFields form={form} onChange={change} problem={problem} />
      </Section>
    </fieldset>
  )
}

/** What is typed, what is wrong with it, and how it is saved. */
function useProductForm(product: OwnProduct | null) {
  const t = useT()
  const [, go] = useLocation()
  const [form, setForm] = useState<ProductForm>(() =>
    product ? formOf(product, newId) : emptyForm(newId),
  )
  const [wasRefused, setRefused] = useState(false)
  const [isTouched, setTouched] = useState(false)
  const [isPreviewed, setPreviewed] = useState(false)
  const [isStale, setStale] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const pictures = usePictures(product?.pictureUrls ?? [], pictureCountMax)
  const video = useVideo(product?.videoUrl ?? null, () => setTouched(true))
  const checked = checkForm(form, {
    pictureFileIds: fileIdsOf(pictures.list),
    videoFileId: video.fileId,
  })
  const problems = wasRefused && 'problems' in checked ? checked.problems : {}
  const save = useSaveProduct(product, {
    onSaved: () => go('/products'),
    onChanged: () => setStale(true),
  })
  useLeaveGuard(isTouched && !save.isDone)
  const submit = (follow: Follow) => {
    if (pictures.isBusy || video.isBusy) return toast.show(t('pictures.wait'))
    if ('body' in checked) return save.run({ ...checked, follow })
    setRefused(true)
    toast.error(t('product.problems', { count: Object.keys(checked.problems).length }))
    requestAnimationFrame(() => showFirstProblem(element.current))
  }
  return {
    ...{ form, element, pictures, video, submit, busy: save.busy },
    ...{ isPreviewed, setPreviewed, isStale, setStale },
    change: (fields: Partial<ProductForm>) => {
      setForm(current => ({ ...current, ...fields }))
      setTouched(true)
    },
    problem: (field: string) => {
      const code = problems[field]
      return code && t(`product.problem.${code}`)
    },
  }
}

function Section(props: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="k-card section">
      <h2>{props.title}</h2>
      {props.hint && <p className="k-muted">{props.hint}</p>}
      {props.children}
    </section>
  )
}

type TextFieldsProps = {
  form: ProductForm
  onChange: (fields: Partial<ProductForm>) => void
  error: string | undefined
}

function TextFields({ form, onChange, error }: TextFieldsProps) {
  const t = useT()
  return (
    <>
      <TextField
        label={t('product.title')}
        value={form.title}
        maxLength={lengthMax.title}
        error={error}
        onChange={event => onChange({ title: event.target.value })}
      />
      <TextField
        label={t('product.subtitle')}
        optional
        value={form.subtitle}
        maxLength={lengthMax.subtitle}
        onChange={event => onChange({ subtitle: event.target.value })}
      />
      <TextareaField
        label={t('product.description')}
        optional
        rows={3}
        value={form.description}
        maxLength={lengthMax.description}
        onChange={event => onChange({ description: event.target.value })}
      />
    </>
  )
}

function showFirstProblem(form: HTMLFormElement | null): void {
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"], .k-field-error')
  wrong?.scrollIntoView({ block: 'center' })
  wrong?.focus()
}
