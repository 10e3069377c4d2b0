import { RISK_TIERS, type RiskTier } from "@aic-sos/contract/workflows";
import classes from "./risk-mark.module.css";

/** A risk tier: four bars, as many filled as the tier is high, and the word. */
export function RiskMark({ tier }: { tier: RiskTier }) {
  const level = RISK_TIERS.indexOf(tier);
  return (
    <span className={classes.mark} data-tier={tier}>
      <span className={classes.bars} aria-hidden>
        {RISK_TIERS.map((name, index) => (
          <i key={name} style={{ height: 4 + index * 2.5 }} data-on={index <= level || undefined} />
        ))}
      </span>
      {tier}
    </span>
  );
}
