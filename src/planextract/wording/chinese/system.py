"""What the operating system says, in Chinese; whatever is not here stays as the system says it."""

from __future__ import annotations

from collections.abc import Mapping

SYSTEM: Mapping[str, str] = {
    "Permission denied": "没有权限",
    "Operation not permitted": "不允许此操作",
    "No such file or directory": "没有这个文件或文件夹",
    "File exists": "文件已存在",
    "Is a directory": "这是文件夹",
    "Not a directory": "这不是文件夹",
    "Directory not empty": "文件夹不是空的",
    "No space left on device": "磁盘空间不足",
    "Disk quota exceeded": "超出磁盘配额",
    "Read-only file system": "文件系统为只读",
    "Input/output error": "读写出错",
    "Too many open files": "打开的文件过多",
    "Cannot allocate memory": "内存不足",
    "File name too long": "文件名过长",
    "File too large": "文件过大",
    "Address already in use": "端口已被占用",
    "Cannot assign requested address": "无法使用这个地址",
    "Connection refused": "连接被拒绝",
    "Device or resource busy": "设备正被占用",
    "Text file busy": "文件正被占用",
}
