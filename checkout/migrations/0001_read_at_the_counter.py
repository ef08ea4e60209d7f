"""All that one purchase needs to know, in one read whose plan is kept."""

from django.db import migrations

COUNTER = r"""
-- The buyer is a guess that the sheet makes; whether the log-in is theirs is for the reader to see.
-- No row when anything is not as it should be: then the slower way finds out what, and says so.
-- `is_referred`: whether anybody may have brought this sale; affiliates decide who.
CREATE FUNCTION checkout_counter(
    p_login text, p_buyer bigint, p_sheet bigint, p_variant bigint, p_address bigint, p_session text,
    p_visitor uuid
) RETURNS TABLE (
    login text, buyer accounts_user, address accounts_address, regency accounts_regency, is_first boolean,
    variant catalog_variant, product_name text, shop catalog_shop, session livestream_livesession, is_referred boolean
) LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT login.session_data, person, place, region, NOT EXISTS (
            SELECT FROM accounts_address other
            WHERE other.user_id = p_buyer AND (other.used_at, other.id) > (place.used_at, place.id)
        ),
        goods, product.name::text, stall, room,
        EXISTS (
            SELECT FROM affiliates_touch touch WHERE touch.shop_id = goods.shop_id AND touch.user_id = p_buyer
        ) OR EXISTS (
            SELECT FROM affiliates_touch touch
            WHERE touch.shop_id = goods.shop_id AND touch.visitor = p_visitor AND touch.user_id IS NULL
        ) OR EXISTS (
            SELECT FROM affiliates_affiliate creator WHERE creator.user_id = room.host_id
        )
    FROM accounts_user person
    JOIN django_session login ON login.session_key = p_login AND login.expire_date > now()
    JOIN accounts_address place ON place.id = p_address AND place.user_id = person.id
    JOIN accounts_regency region ON region.code = place.regency_id
    JOIN catalog_variant goods ON goods.id = p_variant AND goods.withdrawn_at IS NULL
    JOIN catalog_product product ON product.id = goods.product_id AND product.withdrawn_at IS NULL
    JOIN catalog_shop stall ON stall.id = product.shop_id AND stall.suspended_at IS NULL
    JOIN catalog_variant sheet ON sheet.id = p_sheet AND sheet.product_id = goods.product_id
    LEFT JOIN livestream_livesession room ON room.code = p_session AND EXISTS (
        SELECT FROM livestream_showcaseitem item
        WHERE item.session_id = room.id AND item.product_id = product.id
    )
    WHERE person.id = p_buyer;
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("accounts", "0001_tables"),
        ("affiliates", "0001_tables"),
        ("catalog", "0001_tables"),
        ("livestream", "0001_tables"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunSQL(COUNTER, "DROP FUNCTION checkout_counter")]
