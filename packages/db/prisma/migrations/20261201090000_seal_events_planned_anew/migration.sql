-- From version 18 on PostgreSQL keeps the plans of SQL functions: one made for an inbox that was empty compares each waiting batch with each.
ALTER FUNCTION seal_events(tid[], uuid[], uuid[], integer[], integer[]) SET plan_cache_mode = force_custom_plan;
