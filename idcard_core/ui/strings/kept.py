"""The store: why it cannot be had."""

from __future__ import annotations

from collections.abc import Mapping

ZH: Mapping[str, str] = {
    "kept.title": "存储暂时不可用",
    "kept.unreachable": "连不上数据库。",
    "kept.unreachable.what": "请确认数据库正在运行，并检查 database_url（IDCARD_DATABASE_URL）。",
    "kept.key_malformed": "加密密钥的格式不对。",
    "kept.key_malformed.what": "IDCARD_STORE_KEY 应为 32 个随机字节的 base64，共 44 个字符；改好后重新启动。",
    "kept.key_missing": "存储已加密，但没有给出密钥。",
    "kept.key_missing.what": "请把 IDCARD_STORE_KEY 设为加密时用的密钥，然后重新启动。",
    "kept.key_wrong": "密钥不对：存储不是用这把密钥加密的。",
    "kept.key_wrong.what": "请把 IDCARD_STORE_KEY 改回加密时用的密钥，然后重新启动；存储里的内容没有改动。",
    "kept.key_unexpected": "给出了密钥，但存储没有加密。",
    "kept.key_unexpected.what": "请去掉 IDCARD_STORE_KEY，或换一个空的数据目录，然后重新启动。",
    "kept.damaged": "有一条内容已损坏，或是由别的程序写入的。",
    "kept.damaged.what": "请检查磁盘；必要时从备份恢复。",
    "kept.newer": "数据库由更新的版本建立，本版本不能使用。",
    "kept.newer.what": "请升级本程序。",
    "kept.driver": "没有安装这种数据库的驱动。",
    "kept.driver.what": "使用 PostgreSQL 请安装可选依赖 postgres。",
    "kept.folder": "不能读写数据目录。",
    "kept.folder.what": "请检查目录权限和磁盘空间。",
    "kept.goes_on": "试读不受影响。",
    "kept.again": "再试一次",
}

EN: Mapping[str, str] = {
    "kept.title": "The store cannot be used for now",
    "kept.unreachable": "The database cannot be reached.",
    "kept.unreachable.what": "See that it is running, and check database_url (IDCARD_DATABASE_URL).",
    "kept.key_malformed": "The encryption key is not of the right form.",
    "kept.key_malformed.what": "IDCARD_STORE_KEY must be 32 random bytes in base64, 44 characters; correct it and "
    "start again.",
    "kept.key_missing": "What is kept is encrypted, and no key is given.",
    "kept.key_missing.what": "Set IDCARD_STORE_KEY to the key it was encrypted with, and start again.",
    "kept.key_wrong": "The key is wrong: what is kept was encrypted with another one.",
    "kept.key_wrong.what": "Set IDCARD_STORE_KEY to the key it was encrypted with, and start again; nothing that is "
    "kept has been changed.",
    "kept.key_unexpected": "A key is given, but what is kept is not encrypted.",
    "kept.key_unexpected.what": "Unset IDCARD_STORE_KEY, or use an empty data folder, and start again.",
    "kept.damaged": "Something that is kept is damaged, or was written by another program.",
    "kept.damaged.what": "Check the disk, and restore a backup if you must.",
    "kept.newer": "The database was made by a newer version; this one cannot use it.",
    "kept.newer.what": "Update this program.",
    "kept.driver": "The driver of this kind of database is not installed.",
    "kept.driver.what": "For PostgreSQL install the extra “postgres”.",
    "kept.folder": "The data folder cannot be read or written.",
    "kept.folder.what": "Check the folder's permissions and the room on the disk.",
    "kept.goes_on": "Reading cards on the page “Try” goes on as before.",
    "kept.again": "Try again",
}
