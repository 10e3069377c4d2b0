import { Link } from "@tanstack/react-router";
import classes from "./crumb-bar.module.css";
import { useShownCrumbs } from "./crumbs.ts";

/** The way to the page, each step a link. */
export function CrumbBar() {
  const crumbs = useShownCrumbs();
  return (
    <nav aria-label="Breadcrumb" className={classes.nav}>
      <ol className={classes.crumbs}>
        {crumbs.map((crumb, index) => (
          <li key={`${index} ${crumb.label}`} className={classes.crumb}>
            {crumb.to === undefined ? (
              <span aria-current="page" className="clip">
                {crumb.label}
              </span>
            ) : (
              <Link to={crumb.to} className={`${classes.link} clip`}>
                {crumb.label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
