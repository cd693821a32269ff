"""The languages that DHIS2 offers: Norwegian is `no` for the database and `nb` for the interface (facts §17.7)."""

DATABASE_LOCALES: tuple[str, ...] = tuple(
    (
        "af am ar bi my zh nl dz en fr de gu hi id it km rw lo ne no ps fa pt ru es sw tg vi "
    ).split()
)
"""What `/api/locales/db` lists."""

INTERFACE_LOCALES: tuple[str, ...] = tuple(
    (
        "ar ar_EG ar_IQ ar_SD bn bi my ckb zh zh_CN cs da nl en fr id id_ID km rw lo mn ne nb or ps pt "
        "pt_BR ro ru si es es_419 sv tg tet uk ur uz_UZ_Cyrl uz_UZ_Latn vi prs "
    ).split()
)
"""What `/api/locales/ui` lists."""
