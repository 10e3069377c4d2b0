/** The product's mark and name: two brackets around one point. */
export function BrandMark() {
  return (
    <span
      style={{
        display: "inline-flex",
        alignItems: "center",
        gap: 10,
        fontWeight: 620,
        letterSpacing: "0.01em",
      }}
    >
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden>
        <rect width="32" height="32" rx="7" fill="#0b6558" />
        <path
          d="M9 8v16h5M23 8v16h-5"
          fill="none"
          stroke="#fff"
          strokeWidth="3"
          strokeLinecap="square"
        />
        <circle cx="16" cy="16" r="2.6" fill="#a3d6ca" />
      </svg>
      AIC-SOS
    </span>
  );
}
