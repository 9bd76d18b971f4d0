import './sheets.css'

type Sum = { label: string; count: number; isBad?: boolean }

/** A few numbers with their names. */
export function Sums({ sums }: { sums: readonly Sum[] }) {
  return (
    <dl className="sheet-sums">
      {sums.map(({ label, count, isBad }) => (
        <div key={label} data-bad={(isBad && count > 0) || undefined}>
          <dt>{label}</dt>
          <dd className="k-num">{count}</dd>
        </div>
      ))}
    </dl>
  )
}
